package dev.coppice.cli.repo;

import dev.coppice.cli.console.FormattedSize;
import dev.coppice.cli.console.JsonWriter;
import dev.coppice.cli.frame.UsageException;
import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.object.Commit;
import dev.coppice.core.object.ObjectSizes;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.LooseStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code show} tells beside objects and metadata. */
final class ShownParts {
  private ShownParts() {}

  /** The commits that a commit names as related. */
  record Related(List<Commit.Related> related) {
    static Related of(Repo repo, String rev) throws IOException {
      return new Related(repo.loadCommit(repo.resolve(rev)).related());
    }

    void print(ShowOutput out) {
      if (!out.json()) {
        related.forEach(each -> out.println(each.name() + " " + each.checksum()));
        return;
      }
      JsonWriter json = out.writer().object().array("related");
      for (Commit.Related each : related) {
        json.object().field("name", each.name()).field("checksum", each.checksum().hex()).end();
      }
      json.end().end();
    }
  }

  /** A file read as a GVariant of some type. */
  record Value(Variant value) {
    static Value ofFile(Path file, String type) throws IOException {
      VariantType parsed;
      try {
        parsed = VariantType.of(type);
      } catch (IllegalArgumentException e) {
        throw UsageException.messageOnly("Invalid GVariant type '" + type + "'");
      }
      if (Files.size(file) > LooseStore.MAX_METADATA) {
        throw new Failure(
            ErrorCode.INPUT_INVALID,
            file + " is larger than the " + LooseStore.MAX_METADATA + " bytes that can be shown");
      }
      return new Value(Variant.of(parsed, Files.readAllBytes(file)));
    }

    void print(ShowOutput out) {
      String text = value.byteswapped().print(true);
      if (out.json()) {
        String type = value.type().toString();
        out.writer().object().field("type", type).field("value", text).end();
      } else {
        out.println(text);
      }
    }
  }

  /**
   * The sizes of a commit's objects, summed up.
   *
   * @param needed of those that are not in this repository
   */
  record Sizes(Sum needed, Sum total) {
    /** Sums over objects, in bytes. */
    record Sum(long archived, long unpacked, long objects) {
      Sum plus(ObjectSizes.Entry entry) {
        return new Sum(archived + entry.archived(), unpacked + entry.unpacked(), objects + 1);
      }
    }

    static Sizes of(Repo repo, String rev) throws IOException {
      var needed = new Sum(0, 0, 0);
      var total = needed;
      for (ObjectSizes.Entry entry : ObjectSizes.of(repo.loadCommit(repo.resolve(rev)))) {
        total = total.plus(entry);
        if (!repo.objects().has(entry.object())) {
          needed = needed.plus(entry);
        }
      }
      return new Sizes(needed, total);
    }

    void print(ShowOutput out) {
      if (out.json()) {
        JsonWriter json = out.writer().object();
        json(json.object("needed"), needed);
        json(json.object("total"), total);
        json.end();
        return;
      }
      out.println("Compressed size (needed/total): " + pair(needed.archived, total.archived));
      out.println("Unpacked size (needed/total): " + pair(needed.unpacked, total.unpacked));
      out.println("Number of objects (needed/total): " + needed.objects + "/" + total.objects);
    }

    private static String pair(long needed, long total) {
      return FormattedSize.of(needed) + "/" + FormattedSize.of(total);
    }

    private static void json(JsonWriter json, Sum sum) {
      json.field("compressed", sum.archived).field("unpacked", sum.unpacked);
      json.field("objects", sum.objects).end();
    }
  }
}
