package dev.coppice.transfer.mdns;

/**
 * What is asked.
 *
 * @param type a number of {@code RecordType}
 */
public record DnsQuestion(DnsName name, int type) {}
