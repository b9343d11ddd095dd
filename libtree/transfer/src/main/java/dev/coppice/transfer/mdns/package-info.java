/**
 * Services that machines announce on the local network, found by asking all of them: multicast DNS
 * (RFC 6762) and service discovery by it (RFC 6763). No daemon is needed.
 *
 * <p>From bytes to results: {@link dev.coppice.transfer.mdns.MessageReader} and {@link
 * dev.coppice.transfer.mdns.MessageWriter} are the codec, {@code LinkSockets} sends and receives on
 * one {@link dev.coppice.transfer.mdns.Link}, {@code ServiceTable} gathers what is answered there,
 * and {@link dev.coppice.transfer.mdns.ServiceBrowser} asks until nothing is missing or the time is
 * up.
 *
 * <p>Anybody on the network may answer anything. Every message is read strictly or dropped, what is
 * kept is bounded, and so is the time.
 */
@NullMarked
package dev.coppice.transfer.mdns;

import org.jspecify.annotations.NullMarked;
