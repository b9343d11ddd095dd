/**
 * Which way to a commit is the cheapest: a static delta, several of them one after the other, or
 * its objects one by one. Pure: what is on offer goes in, a decision comes out.
 */
@NullMarked
package dev.coppice.transfer.delta.route;

import org.jspecify.annotations.NullMarked;
