package dev.coppice.core.commit;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantType;
import dev.coppice.core.store.SizeIndex;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The value of {@code ostree.sizes}: an {@code aay}, each element a checksum, two sizes as variable
 * length numbers (archived, unpacked) and the object type. Source: {@code
 * add_size_index_to_metadata}.
 */
final class SizesEntry {
  private SizesEntry() {}

  /** The value, or empty when no object was noted. */
  static Optional<Variant> of(SizeIndex index) {
    List<Variant> elements = new ArrayList<>();
    index
        .sorted()
        .forEach(
            (checksum, sizes) -> {
              var out = new ByteArrayOutputStream();
              out.writeBytes(checksum.bytes());
              putNumber(out, sizes.archived());
              putNumber(out, sizes.unpacked());
              out.write(sizes.type().number());
              elements.add(Variant.ofBytes(out.toByteArray()));
            });
    return elements.isEmpty()
        ? Optional.empty()
        : Optional.of(Variant.array(VariantType.of("ay"), elements));
  }

  /** Seven bits a byte, the lowest first, the high bit saying that more follow. */
  private static void putNumber(ByteArrayOutputStream out, long number) {
    long rest = number;
    while (rest >>> 7 != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
