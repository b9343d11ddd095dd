/**
 * Keeps a repository a mirror of others, while clients pull from it.
 *
 * <p>A run goes: look at the upstreams, bring over objects, verify, switch refs and summary, retire
 * what the retention policy does not keep. Whatever a client was promised stays for a grace time:
 *
 * <ul>
 *   <li>A commit that a ref pointed to is not retired before the ref has left it for that long.
 *   <li>To retire a commit is to take away the commit object alone; whoever has read it already can
 *       still fetch all that it needs, until it has been retired for that long.
 * </ul>
 *
 * <p>What the mirror remembers from one run to the next is in {@code extensions/coppice/mirror}
 * below the repository: other tools leave that directory alone.
 */
@NullMarked
package dev.coppice.transfer.mirror;

import org.jspecify.annotations.NullMarked;
