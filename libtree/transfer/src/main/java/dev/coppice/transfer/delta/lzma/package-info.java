/**
 * Compressing the payloads of parts as {@code .xz}: an encoder of LZMA2 made for differences, which
 * are long runs of zeros with a few bytes between them. It looks at places where runs begin and
 * end, not inside of them, and finds the places before at which a run of the same length is
 * followed by the same bytes. What it writes any reader of .xz takes, with 8 MiB of dictionary.
 *
 * <p>Sources: the LZMA specification of Igor Pavlov, and the .xz file format, version 1.2.1.
 */
@NullMarked
package dev.coppice.transfer.delta.lzma;

import org.jspecify.annotations.NullMarked;
