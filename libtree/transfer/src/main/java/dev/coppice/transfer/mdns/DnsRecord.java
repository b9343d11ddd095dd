package dev.coppice.transfer.mdns;

/**
 * A resource record.
 *
 * @param name whom it is about
 * @param seconds how long it may be kept; 0: it is taken back
 */
public record DnsRecord(DnsName name, long seconds, RecordData data) {}
