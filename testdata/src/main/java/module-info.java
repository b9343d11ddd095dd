/** The test kit. */
module dev.coppice.testdata {
  requires static org.jspecify;
  requires org.junit.jupiter.api;
}
