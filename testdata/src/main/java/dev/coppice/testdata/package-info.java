/**
 * The test kit: golden bytes made by the real tools, builders of trees, canonical listings to
 * compare checkouts by, and drivers that run a real peer.
 *
 * <p>It depends on no other module of this project, so that every module's tests may use it. For
 * the same reason contract suites over interfaces of the library live beside those interfaces'
 * tests ({@code libtree/core/src/test}), not here.
 *
 * <p>What a test needs of its machine is asked for with {@code require()}: it skips the test and
 * says what is missing, or fails it where {@code COPPICE_REQUIRE_ALL} is set, as in continuous
 * integration.
 */
@NullMarked
package dev.coppice.testdata;

import org.jspecify.annotations.NullMarked;
