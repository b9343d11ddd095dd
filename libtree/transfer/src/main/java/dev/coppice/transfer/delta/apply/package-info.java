/**
 * Applies static deltas: unpacks parts, runs their operations and stores the objects that come of
 * them, each under its own checksum.
 *
 * <p>Everything streams. What is unpacked lies in an unnamed file once it is more than half a
 * megabyte, patches read their source by position, and content goes straight into the writer of
 * objects, so that memory depends neither on the size of a part nor on that of an object. {@link
 * dev.coppice.transfer.delta.apply.DeltaApply} applies a delta that lies on this machine; pulls use
 * {@link dev.coppice.transfer.delta.apply.DeltaParts}.
 */
@NullMarked
package dev.coppice.transfer.delta.apply;

import org.jspecify.annotations.NullMarked;
