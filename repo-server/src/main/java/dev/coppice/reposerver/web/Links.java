package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.reposerver.web.html.Address;

/** Addresses of the pages, as seen from the one that is written. */
record Links(PageRequest from) {
  Address refs() {
    return from.to("/");
  }

  /** The page that leads from a revision, in its parameter {@code rev}, to its commit. */
  Address anyCommit() {
    return from.to("/-/commit");
  }

  Address commit(Checksum commit) {
    return from.to("/-/commit/" + commit);
  }

  /** The history of a revision. */
  Address log(String revision) {
    return from.to("/-/log").with("rev", revision);
  }

  Address tree(Checksum commit, String path) {
    return from.to("/-/tree/" + commit).withAny("path", path.equals("/") ? "" : path);
  }

  Address raw(Checksum commit, String path) {
    return from.to("/-/raw/" + commit).with("path", path);
  }

  Address packages(Checksum commit) {
    return from.to("/-/packages/" + commit);
  }

  /** The form that asks for two commits. */
  Address compare() {
    return from.to("/-/diff");
  }

  Address diff(Checksum older, Checksum newer) {
    return from.to("/-/diff/" + older + "/" + newer);
  }
}
