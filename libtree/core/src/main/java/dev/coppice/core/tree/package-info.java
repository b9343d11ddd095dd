/**
 * Reading trees: paths inside a commit, walks over directories, and the set of objects that a
 * commit reaches. What several verbs need and none owns.
 */
@NullMarked
package dev.coppice.core.tree;

import org.jspecify.annotations.NullMarked;
