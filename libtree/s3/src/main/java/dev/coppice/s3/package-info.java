/**
 * Stores of objects that speak S3, as targets of publishing, through the client of MinIO.
 *
 * <p>Its libraries are large, so they lie in a directory of their own in the distribution and are
 * loaded, on the class path of a class loader of their own, only for an address {@code s3://}. That
 * is why this room has no module descriptor, and is found as a service.
 */
@NullMarked
package dev.coppice.s3;

import org.jspecify.annotations.NullMarked;
