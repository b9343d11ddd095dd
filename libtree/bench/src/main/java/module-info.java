/** Benchmarks. */
module dev.coppice.bench {
  requires static org.jspecify;
  requires com.github.luben.zstd_jni;
  requires dev.coppice.core;
  requires dev.coppice.transfer;
  requires dev.coppice.sysroot;
  requires jmh.core;
}
