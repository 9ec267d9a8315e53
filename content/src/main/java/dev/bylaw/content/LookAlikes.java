package dev.bylaw.content;

/** Letters of other scripts that look like Latin ones, and signs that stand for ASCII signs. */
final class LookAlikes {
  private static final String LETTERS =
      // Cyrillic
      "АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXԚQԜWаaеeоoрpсcуyхxѕsіiјjһhԁdԛqԝwгrкkмmтtвbнhпnЗ3з3б6ӏlҮY"
          // Greek
          + "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXαaεeιiκkνvοoρpτtυuχxγyηnωw"
          // Armenian, Cherokee and letters that no decomposition reaches
          + "ՍUՏSօoսuհhոnցgԼLᎪAᏴBᏟCᎬEᎻHᎫJᏦKᏞLᎷMᏢPᏒRᏚSᎢTᏙVᎳWᏃZıiȷjøoØOłlŁLđdĐDħhɡgɑaɩiʏyᴀaᴄcᴅdᴇeᴋkᴍmᴏoᴘpᴛtᴜuᴠvᴡwᴢz"
          + "ꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU";

  private static final String PUNCTUATION =
      "‚,„\"“\"”\"‘'’'‛'′'‵'″\"‹<›>∕/⁄/∙.·.․.•.。.｡.、,､,﹒.‧.⋅.∶:ː:׃:꞉:−-‒-–-—-﹣-⁃-∼~˗-۔.،,٫.٬,⸱.﹫@＠@";

  private static final char[] TO_LATIN = new char[0x2000];
  private static final char[] LISU = new char[0x30];
  private static final char[] TO_SIGN = new char[0x10000];

  static {
    for (int i = 0; i < LETTERS.length(); i += 2) {
      char from = LETTERS.charAt(i);
      if (from >= 0xa4d0 && from < 0xa500) {
        LISU[from - 0xa4d0] = LETTERS.charAt(i + 1);
      } else {
        TO_LATIN[from] = LETTERS.charAt(i + 1);
      }
    }
    for (int i = 0; i < PUNCTUATION.length(); i += 2) {
      TO_SIGN[PUNCTUATION.charAt(i)] = PUNCTUATION.charAt(i + 1);
    }
  }

  private LookAlikes() {}

  /** The Latin letter that {@code c} looks like, or 0. */
  static char letter(char c) {
    if (c < TO_LATIN.length) {
      return TO_LATIN[c];
    }
    return c >= 0xa4d0 && c < 0xa500 ? LISU[c - 0xa4d0] : 0;
  }

  /** The ASCII sign that {@code point} stands for, or 0. */
  static char punctuation(int point) {
    return point < TO_SIGN.length ? TO_SIGN[point] : 0;
  }
}
