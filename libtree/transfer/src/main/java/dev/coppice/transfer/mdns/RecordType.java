package dev.coppice.transfer.mdns;

/** Types of resource records. Source: the registry of DNS parameters at IANA. */
final class RecordType {
  static final int A = 1;
  static final int PTR = 12;
  static final int TXT = 16;
  static final int AAAA = 28;
  static final int SRV = 33;

  private RecordType() {}
}
