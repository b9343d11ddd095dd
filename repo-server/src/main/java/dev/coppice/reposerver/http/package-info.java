/**
 * Answers to requests, on Jetty's core without servlets.
 *
 * <p>A request for a small file that was asked for before is answered by the thread that read it
 * from the network, out of {@link dev.coppice.reposerver.http.EntityCache}; everything that may
 * wait for a disk goes to the pool. Large files go from the page cache to the socket without
 * passing through this process, see {@link dev.coppice.reposerver.http.SendfileEndPoint}.
 */
@NullMarked
package dev.coppice.reposerver.http;

import org.jspecify.annotations.NullMarked;
