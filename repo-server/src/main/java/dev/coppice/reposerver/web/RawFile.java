package dev.coppice.reposerver.web;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.Commit;
import dev.coppice.core.repo.Repo;
import dev.coppice.core.store.FileObject;
import dev.coppice.core.tree.TreeLookup.Found;
import dev.coppice.reposerver.WebBody;
import dev.coppice.reposerver.WebPage;
import dev.coppice.reposerver.web.tree.TreePaths;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a file, to be saved. They are never sent with a type that a browser would show: the
 * tree may hold pages of its own, and those must not run as part of this site.
 */
record RawFile(Site site) {
  private static final int LONGEST_NAME = 200;

  /** The content of a file object, opened when it is written. */
  private record Content(Repo repo, Checksum file, long size) implements WebBody {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      try (FileObject object = repo.objects().openFile(file);
          InputStream in = object.content()) {
        in.transferTo(out);
      }
    }
  }

  WebPage page(PageRequest request) throws IOException {
    Checksum checksum = request.commit(0);
    Commit commit = site.commits().require(checksum);
    var links = new Links(request);
    TreePaths.Result.Here here =
        new TreePage(site).find(commit, request.raw("path"), links, checksum);
    return switch (here.found()) {
      case Found.Directory _ -> Answers.redirect(links.tree(checksum, here.path()));
      case Found.File file -> {
        try (FileObject object = site.repo().objects().openFile(file.checksum())) {
          if (object.header().isSymlink()) {
            yield Answers.redirect(links.tree(checksum, here.path()));
          }
          yield Answers.download(
              new Content(site.repo(), file.checksum(), object.size()),
              file.checksum(),
              disposition(here.path().substring(here.path().lastIndexOf('/') + 1)));
        }
      }
    };
  }

  /** The name to save under, in ASCII for old clients and in UTF-8 by RFC 8187. */
  static String disposition(String name) {
    var ascii = new StringBuilder();
    var encoded = new StringBuilder();
    name.codePoints()
        .limit(LONGEST_NAME)
        .forEach(
            point -> {
              boolean plain = plain(point);
              ascii.append(plain ? (char) point : '_');
              if (plain) {
                encoded.append((char) point);
              } else if (Character.isLetterOrDigit(point)) {
                encode(point, encoded);
              } else {
                encoded.append('_');
              }
            });
    return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
  }

  /** Characters that are safe in a file name of any system and in both forms of the header. */
  private static boolean plain(int point) {
    return (point >= 'a' && point <= 'z')
        || (point >= 'A' && point <= 'Z')
        || (point >= '0' && point <= '9')
        || point == '.'
        || point == '-'
        || point == '_'
        || point == '+';
  }

  private static void encode(int point, StringBuilder encoded) {
    for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
      encoded.append("%%%02X".formatted(b & 0xff));
    }
  }
}
