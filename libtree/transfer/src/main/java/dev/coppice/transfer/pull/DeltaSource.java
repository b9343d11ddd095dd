package dev.coppice.transfer.pull;

import dev.coppice.core.object.Checksum;
import dev.coppice.core.object.ObjectName;
import dev.coppice.core.tree.ObjectSet;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A source in front of which stands what superblocks of deltas have inside.
 *
 * @param inside finds it
 */
record DeltaSource(PullSource source, Function<ObjectName, Optional<byte[]>> inside)
    implements PullSource {
  @Override
  public byte @Nullable [] load(ObjectName name, long maxBytes) throws IOException {
    Optional<byte[]> found = inside.apply(name);
    return found.isPresent() ? found.get() : source.load(name, maxBytes);
  }

  @Override
  public void stage(ObjectName name, byte[] bytes) throws IOException {
    source.stage(name, bytes);
  }

  @Override
  public long file(Checksum checksum) throws IOException {
    return source.file(checksum);
  }

  @Override
  public boolean hasFile(Checksum checksum) throws IOException {
    return source.hasFile(checksum);
  }

  @Override
  public OptionalLong downloadSize(ObjectSet files) throws IOException {
    return source.downloadSize(files);
  }

  @Override
  public int parallelism() {
    return source.parallelism();
  }

  @Override
  public Optional<String> collection() {
    return source.collection();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
