package dev.coppice.s3;

import dev.coppice.core.failure.ErrorCode;
import dev.coppice.core.failure.Failure;
import dev.coppice.transfer.publish.PublishTarget;
import dev.coppice.transfer.publish.PublishTargets;
import io.minio.MinioClient;
import io.minio.credentials.StaticProvider;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens targets {@code s3://BUCKET/PREFIX}. Keys are those of Amazon's own tools. */
public final class S3Provider implements PublishTargets.Provider {
  private static final String AMAZON = "https://s3.amazonaws.com";
  private static final String DEFAULT_REGION = "us-east-1";

  /** Called by the service loader. */
  public S3Provider() {}

  @Override
  public String scheme() {
    return "s3";
  }

  @Override
  public PublishTarget open(String text, Map<String, String> settings) {
    S3Address address = S3Address.parse(text);
    String endpoint = settings.getOrDefault("endpoint", AMAZON);
    MinioClient.Builder builder = MinioClient.builder();
    try {
      builder.endpoint(endpoint);
      builder.region(
          settings.getOrDefault("region", settings.getOrDefault("AWS_REGION", DEFAULT_REGION)));
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ErrorCode.URL_INVALID,
          "Invalid endpoint '" + endpoint + "' or region: " + e.getMessage(),
          "An endpoint is http:// or https:// with a host, and a port if need be.",
          e);
    }
    @Nullable String key = settings.get("AWS_ACCESS_KEY_ID");
    @Nullable String secret = settings.get("AWS_SECRET_ACCESS_KEY");
    if (key != null && secret != null) {
      builder.credentialsProvider(
          new StaticProvider(key, secret, settings.get("AWS_SESSION_TOKEN")));
    } else if (key != null || secret != null) {
      throw new Failure(
          ErrorCode.KEY_INVALID,
          "Only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set",
          "Set both, or neither for a store that needs no keys.");
    }
    return new S3Target(new S3Store(builder.build(), address), endpoint);
  }
}
