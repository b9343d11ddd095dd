package dev.coppice.cli.peer;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.console.Output;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.transfer.peer.FoundRemote;
import dev.coppice.transfer.peer.SearchResult;
import dev.coppice.transfer.peer.SearchResult.LeftOut;
import dev.coppice.transfer.pull.PullResult;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What was found, in the words of ostree or as JSON. */
record SearchReport(List<CollectionRef> wanted, SearchResult result) {
  void print(Console console) {
    int number = 0;
    for (FoundRemote found : result.remotes()) {
      console.println("Result " + number + ": " + found.url());
      console.println(" - Finder: " + found.place().finder().typeName());
      console.println(" - Keyring: " + found.keyring());
      console.println(" - Priority: " + found.place().finder().priority());
      console.println(" - Summary last modified: " + time(found.lastModified()));
      console.println(" - Refs:");
      found
          .refs()
          .forEach(
              (ref, commit) ->
                  console.println(
                      "    - " + ref + " = " + commit.map(Checksum::hex).orElse("(not found)")));
      console.println("");
      number++;
    }
    if (result.remotes().isEmpty()) {
      console.println("No results.");
      return;
    }
    List<CollectionRef> missing = missing();
    console.println((wanted.size() - missing.size()) + "/" + wanted.size() + " refs were found.");
    if (!missing.isEmpty()) {
      console.println("Refs not found in any remote:");
      missing.forEach(ref -> console.println(" - " + ref));
    }
  }

  /** Whatever was found was pulled, or it would have failed. */
  void printPulled(Console console) {
    console.println("Pulled " + found() + " refs successfully.");
  }

  private String found() {
    return (wanted.size() - missing().size()) + "/" + wanted.size();
  }

  private List<CollectionRef> missing() {
    return wanted.stream().filter(ref -> !result.has(ref)).toList();
  }

  private static String time(OptionalLong seconds) {
    if (seconds.isEmpty() || seconds.getAsLong() == 0) {
      return "unknown";
    }
    try {
      return Instant.ofEpochSecond(seconds.getAsLong()).toString();
    } catch (DateTimeException e) {
      return "invalid";
    }
  }

  /** Says where was looked in vain, and why. */
  void printLeftOut(Output err) {
    result.leftOut().forEach(each -> print(each, err));
  }

  static void print(LeftOut leftOut, Output err) {
    err.println("warning: " + leftOut.where() + " is left out: " + leftOut.reason());
  }

  void writeJson(JsonWriter json, List<PullResult> pulled) {
    json.object().array("results");
    for (FoundRemote found : result.remotes()) {
      json.object().field("url", found.url()).field("finder", found.place().finder().id());
      json.field("remote", found.place().remote()).field("keyring", found.keyring());
      json.field("priority", found.place().finder().priority());
      found.lastModified().ifPresent(time -> json.field("summary-last-modified", time));
      json.array("refs");
      found.refs().forEach((ref, commit) -> writeRef(json, ref, commit));
      json.end().end();
    }
    json.end().array("not-found");
    missing().forEach(ref -> writeRef(json, ref, Optional.empty()));
    json.end().array("left-out");
    for (LeftOut each : result.leftOut()) {
      json.object().field("where", each.where()).field("reason", each.reason()).end();
    }
    json.end().array("pulled");
    for (PullResult each : pulled) {
      for (PullResult.Moved moved : each.refs()) {
        json.object().field("ref", moved.ref());
        moved.from().ifPresent(from -> json.field("from", from.hex()));
        json.field("to", moved.to().hex()).end();
      }
    }
    json.end().end();
  }

  private static void writeRef(JsonWriter json, CollectionRef ref, Optional<Checksum> commit) {
    json.object().field("collection", ref.collection().id()).field("ref", ref.ref().name());
    commit.ifPresent(checksum -> json.field("commit", checksum.hex()));
    json.end();
  }
}
