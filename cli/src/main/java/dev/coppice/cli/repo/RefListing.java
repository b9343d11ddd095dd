package dev.coppice.cli.repo;

import dev.coppice.cli.console.Console;
import dev.coppice.cli.console.JsonWriter;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.object.Checksum;
import dev.coppice.core.ref.CollectionId;
import dev.coppice.core.ref.CollectionRef;
import dev.coppice.core.ref.RefAddress;
import dev.coppice.core.ref.RefPlace;
import dev.coppice.core.ref.RefPrefix;
import dev.coppice.core.ref.RefSpec;
import dev.coppice.core.repo.Repo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code refs} lists, as text and as JSON.
 *
 * @param commits whether the commits are read; names alone can be listed although a ref is corrupt
 */
record RefListing(Repo repo, Kind kind, Names names, boolean commits) {
  /** What is listed. */
  enum Kind {
    /** Refs and aliases by name. */
    REFS,
    /** Aliases with the refs that they lead to. */
    ALIASES,
    /** Refs with their collections. */
    COLLECTIONS
  }

  /** How names are shown. */
  enum Names {
    /** Without the prefix that was asked for. */
    CUT,
    /** In full. */
    WHOLE
  }

  /** One ref: its name as shown, its commit unless only names are wanted, an alias's target. */
  private record Row(RefAddress ref, @Nullable Checksum commit, @Nullable String target) {}

  /** Prints each prefix as soon as it is listed. */
  void text(List<String> prefixes, Console console) throws IOException {
    if (prefixes.isEmpty()) {
      lines(all(), console);
    }
    for (String prefix : prefixes) {
      lines(rows(prefix), console);
    }
  }

  private static void lines(List<Row> rows, Console console) {
    for (Row row : rows) {
      String name = row.ref.toString();
      if (row.target != null) {
        console.println(name + " -> " + row.target);
      } else {
        console.println(row.commit == null ? name : name + "\t" + row.commit.hex());
      }
    }
  }

  /** Writes one document with the refs of all prefixes. */
  void json(List<String> prefixes, JsonWriter out) throws IOException {
    List<Row> rows = new ArrayList<>(prefixes.isEmpty() ? all() : List.of());
    for (String prefix : prefixes) {
      rows.addAll(rows(prefix));
    }
    out.object().array("refs");
    for (Row row : rows) {
      out.object().field("ref", row.ref.ref().name());
      switch (row.ref) {
        case RefSpec.Local local -> {
          // Nothing more to say.
        }
        case RefSpec.Remote there -> out.field("remote", there.remote().name());
        case CollectionRef there -> out.field("collection", there.collection().id());
      }
      if (row.commit != null) {
        out.field("commit", row.commit.hex());
      }
      if (row.target != null) {
        out.field("alias-of", row.target);
      }
      out.end();
    }
    out.end().end();
  }

  private List<Row> all() throws IOException {
    return switch (kind) {
      case REFS -> refs(RefPrefix.ALL);
      case ALIASES -> aliases(RefPrefix.ALL);
      case COLLECTIONS -> collections(Optional.empty());
    };
  }

  private List<Row> rows(String prefix) throws IOException {
    return switch (kind) {
      case REFS -> refs(prefix(prefix));
      case ALIASES -> aliases(prefix(prefix));
      case COLLECTIONS -> collections(Optional.of(collection(prefix)));
    };
  }

  private List<Row> refs(RefPrefix prefix) throws IOException {
    List<Row> rows = new ArrayList<>();
    if (commits) {
      repo.refs().list(prefix).forEach((ref, commit) -> rows.add(row(prefix, ref, commit)));
    } else {
      repo.refs().names(prefix).forEach(ref -> rows.add(row(prefix, ref, null)));
    }
    return rows;
  }

  private Row row(RefPrefix prefix, RefSpec ref, @Nullable Checksum commit) {
    return new Row(names == Names.CUT ? prefix.cut(ref) : ref, commit, null);
  }

  private List<Row> aliases(RefPrefix prefix) throws IOException {
    List<Row> rows = new ArrayList<>();
    repo.refs().aliases(prefix).forEach((ref, target) -> rows.add(new Row(ref, null, target)));
    return rows;
  }

  private List<Row> collections(Optional<CollectionId> only) throws IOException {
    var places = EnumSet.allOf(RefPlace.class);
    List<Row> rows = new ArrayList<>();
    if (commits) {
      repo.refs()
          .listCollections(only, places)
          .forEach((ref, commit) -> rows.add(new Row(ref, commit, null)));
    } else {
      repo.refs().collectionNames(only, places).forEach(ref -> rows.add(new Row(ref, null, null)));
    }
    return rows;
  }

  /** The collection of a name. */
  static CollectionId collection(String id) {
    return listing(() -> CollectionId.of(id));
  }

  /** What refs a text asks for. */
  static RefPrefix prefix(String text) {
    return listing(() -> RefPrefix.parse(text));
  }

  /** ostree names what it was doing. */
  private static <T> T listing(Supplier<T> parser) {
    try {
      return parser.get();
    } catch (Failure e) {
      throw new Failure(e.code(), "Listing refs: " + e.getMessage(), e.nextStep(), e);
    }
  }
}
