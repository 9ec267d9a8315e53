package dev.bylaw.value;

import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.util.RecyclerPool;

/**
 * The buffers that JSON is read and written with: a thread of the platform keeps its own, virtual
 * ones share theirs, as each of them lives too short to fill its own.
 *
 * <p>With shared ones alone, which Jackson has by default, two threads together read no more than
 * one.
 */
final class Buffers implements RecyclerPool<BufferRecycler> {
  private static final long serialVersionUID = 1;

  static final Buffers POOL = new Buffers();

  private final RecyclerPool<BufferRecycler> own = JsonRecyclerPools.threadLocalPool();
  private final RecyclerPool<BufferRecycler> shared = JsonRecyclerPools.sharedConcurrentDequePool();

  private Buffers() {}

  private RecyclerPool<BufferRecycler> here() {
    return Thread.currentThread().isVirtual() ? shared : own;
  }

  /** Links it to the pool that it came from, which takes it back. */
  @Override
  public BufferRecycler acquireAndLinkPooled() {
    return here().acquireAndLinkPooled();
  }

  @Override
  public BufferRecycler acquirePooled() {
    return here().acquirePooled();
  }

  @Override
  public void releasePooled(BufferRecycler pooled) {
    here().releasePooled(pooled);
  }
}
