/**
 * An HTTP server for tests that misbehaves as it is told: errors, resets, stalls, truncated and
 * wrong bodies, redirects, bodies without end. It serves a directory, and keeps what it was asked.
 */
@NullMarked
package dev.coppice.testdata.http;

import org.jspecify.annotations.NullMarked;
