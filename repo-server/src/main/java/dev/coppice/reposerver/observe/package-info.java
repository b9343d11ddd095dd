/** What the operator sees of the work: a log of requests, and metrics. */
@NullMarked
package dev.coppice.reposerver.observe;

import org.jspecify.annotations.NullMarked;
