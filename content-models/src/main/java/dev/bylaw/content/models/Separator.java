package dev.bylaw.content.models;

import java.util.List;

/**
 * The line between two sets of vectors: a logistic regression with a penalty on large weights, both
 * sets weighing the same, found by a fixed number of gradient steps. The same vectors give the same
 * line.
 */
final class Separator {
  private static final int STEPS = 300;
  private static final double RATE = 3;
  private static final double PENALTY = .002;

  private final double[] weights;
  private double bias;

  private Separator(int width) {
    weights = new double[width];
  }

  static Separator between(List<float[]> about, List<float[]> not) {
    int width = about.isEmpty() ? 0 : about.getFirst().length;
    Separator separator = new Separator(width);
    if (width == 0 || not.isEmpty()) {
      return separator;
    }
    double[] gradient = new double[width];
    for (int step = 0; step < STEPS; step++) {
      for (int i = 0; i < width; i++) {
        gradient[i] = PENALTY * separator.weights[i];
      }
      double shift = separator.pull(about, 1, gradient) + separator.pull(not, 0, gradient);
      for (int i = 0; i < width; i++) {
        separator.weights[i] -= RATE * gradient[i];
      }
      separator.bias -= RATE * shift;
    }
    return separator;
  }

  /** The line that {@link #numbers} were taken from. */
  static Separator of(float[] numbers) {
    Separator separator = new Separator(numbers.length - 1);
    for (int i = 0; i < separator.weights.length; i++) {
      separator.weights[i] = numbers[i];
    }
    separator.bias = numbers[numbers.length - 1];
    return separator;
  }

  /** The weights and, last, the bias. */
  float[] numbers() {
    float[] numbers = new float[weights.length + 1];
    for (int i = 0; i < weights.length; i++) {
      numbers[i] = (float) weights[i];
    }
    numbers[weights.length] = (float) bias;
    return numbers;
  }

  /** Adds the gradient of one set, as a whole of weight one half; returns that of the bias. */
  private double pull(List<float[]> vectors, double target, double[] gradient) {
    double shift = 0;
    for (float[] vector : vectors) {
      double error = (1 / (1 + Math.exp(-side(vector))) - target) / (2 * vectors.size());
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += error * vector[i];
      }
      shift += error;
    }
    return shift;
  }

  /** How far a vector lies on the side of the first set; negative on the other side. */
  double side(float[] vector) {
    double sum = bias;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * vector[i];
    }
    return sum;
  }
}
