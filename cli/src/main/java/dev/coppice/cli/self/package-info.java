/**
 * Commands about the program itself, and what is made from the command model when the distribution
 * is built: completion for three shells, skeletons of manual pages.
 */
@NullMarked
package dev.coppice.cli.self;

import org.jspecify.annotations.NullMarked;
