package dev.coppice.transfer.fetch;

import java.io.InputStream;
import java.util.OptionalLong;

/**
 * A body on its way.
 *
 * @param content what comes; it goes on by itself when a connection breaks
 * @param length bytes in all, where the server says so
 */
public record Body(InputStream content, OptionalLong length) {}
