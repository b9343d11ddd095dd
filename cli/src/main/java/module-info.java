/** The command line. */
module dev.coppice.cli {
  requires static org.jspecify;
  requires dev.coppice.core;
  requires dev.coppice.sign;
  requires dev.coppice.transfer;
  requires dev.coppice.sysroot;

  uses dev.coppice.transfer.publish.PublishTargets.Provider;
}
