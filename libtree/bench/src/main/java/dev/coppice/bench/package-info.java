/** JMH benchmarks and the side-by-side runs against real peers; built, never shipped. */
@NullMarked
package dev.coppice.bench;

import org.jspecify.annotations.NullMarked;
