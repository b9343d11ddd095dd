/** Tests of multicast DNS: the codec by its bytes, the rest on the loopback interface. */
@NullMarked
package dev.coppice.transfer.mdns;

import org.jspecify.annotations.NullMarked;
