package dev.coppice.transfer.mdns;

/** Bytes that are no DNS message. Whoever receives one drops it; nobody is told. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A malformed message, with what is wrong in a few words. */
  MalformedMessageException(String reason) {
    super(reason);
  }
}
