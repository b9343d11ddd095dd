package dev.coppice.reposerver;

import java.util.Optional;

/**
 * A page as the server sends it. The array belongs to the page: nobody changes it afterwards.
 *
 * @param status of HTTP, for example 200 or 404
 * @param contentType with its charset, for example {@code text/html; charset=utf-8}
 * @param etag an opaque tag without quotes that changes whenever the body does; empty when unknown
 */
@SuppressWarnings("ArrayRecordComponent") // handed through once, never compared
public record WebPage(int status, String contentType, byte[] body, Optional<String> etag) {}
