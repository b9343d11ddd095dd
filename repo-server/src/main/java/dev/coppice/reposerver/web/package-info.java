/**
 * The pages for people: refs, commits, histories, trees, packages and what differs between two
 * commits. {@link dev.coppice.reposerver.web.WebView} is the way in: it finds the page class that a
 * path belongs to.
 *
 * <p>Pages are rendered here, work without scripts, and load nothing from elsewhere. Whatever a
 * repository holds is shown as text and never served as a page. Every page has bounds: lists come
 * in pages, and what is too large to compare or to show is cut with a note that says so.
 */
@NullMarked
package dev.coppice.reposerver.web;

import org.jspecify.annotations.NullMarked;
