/** What pages need to know of trees: paths through links, kinds of files, how two trees differ. */
@NullMarked
package dev.coppice.reposerver.web.tree;

import org.jspecify.annotations.NullMarked;
