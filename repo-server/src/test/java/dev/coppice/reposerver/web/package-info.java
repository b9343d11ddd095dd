/** Tests of the pages, as text, as trees of elements and in a browser. */
@NullMarked
package dev.coppice.reposerver.web;

import org.jspecify.annotations.NullMarked;
