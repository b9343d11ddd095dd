package dev.coppice.transfer.delta;

/** The first bytes of operations. Source: {@code OstreeStaticDeltaOpCode}. */
final class OperationCodes {
  static final int SPLICE = 'S';
  static final int OPEN = 'o';
  static final int WRITE = 'w';
  static final int SET_READ_SOURCE = 'r';
  static final int UNSET_READ_SOURCE = 'R';
  static final int CLOSE = 'c';
  static final int BSPATCH = 'B';

  private OperationCodes() {}
}
