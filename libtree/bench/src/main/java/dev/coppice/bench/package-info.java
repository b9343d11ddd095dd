/**
 * Benchmarks; built, never shipped.
 *
 * <p>Against the real tool, as whole processes, launcher included:
 *
 * <pre>
 * java -cp 'libtree/bench/target/*:libtree/bench/target/lib/*' dev.coppice.bench.SideBySide \
 *     --ours cli/target/dist/bin/coppice --theirs ostree --tree TREE --work DIRECTORY
 * </pre>
 *
 * <p>The server against nginx: {@link dev.coppice.bench.ServerBench}.
 *
 * <p>Inside one process, with JMH:
 *
 * <pre>
 * java -cp 'libtree/bench/target/*:libtree/bench/target/lib/*' org.openjdk.jmh.Main
 * </pre>
 */
@NullMarked
package dev.coppice.bench;

import org.jspecify.annotations.NullMarked;
