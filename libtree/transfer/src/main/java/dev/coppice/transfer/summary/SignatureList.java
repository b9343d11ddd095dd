package dev.coppice.transfer.summary;

import dev.coppice.core.gvariant.Variant;
import dev.coppice.core.gvariant.VariantDict;
import dev.coppice.core.gvariant.VariantType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What several signers make of one file: an {@code a{sv}} from their keys to {@code aay}. */
record SignatureList(List<SummarySigner> signers) {
  byte[] sign(byte[] data) {
    Map<String, List<Variant>> byKey = new LinkedHashMap<>();
    for (SummarySigner signer : signers) {
      byKey
          .computeIfAbsent(signer.key(), key -> new ArrayList<>())
          .add(Variant.ofBytes(signer.sign(data)));
    }
    VariantDict result = VariantDict.builder();
    byKey.forEach((key, list) -> result.put(key, Variant.array(VariantType.BYTES, list)));
    return result.buildHashed().serialized();
  }
}
