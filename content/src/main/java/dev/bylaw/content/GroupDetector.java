package dev.bylaw.content;

import java.util.List;
import java.util.Set;

/**
 * Finds what a person belongs to by birth, faith or conviction: nationalities, religions, political
 * groups. The words alone say little ({@code German cars}), so one counts where the field or the
 * words before it speak of a person.
 */
final class GroupDetector implements Detector {
  private static final Terms NATIONS =
      Terms.of(
          "afghan, albanian, algerian, american, argentine, argentinian, armenian, australian,"
              + " austrian, azerbaijani, bangladeshi, belarusian, belgian, bolivian, bosnian,"
              + " brazilian, british, bulgarian, cambodian, cameroonian, canadian, chilean, chinese,"
              + " colombian, congolese, croatian, cuban, cypriot, czech, danish, dutch, ecuadorian,"
              + " egyptian, english, eritrean, estonian, ethiopian, filipino, finnish, french,"
              + " georgian, german, ghanaian, greek, guatemalan, haitian, hungarian, icelandic,"
              + " indian, indonesian, iranian, iraqi, irish, israeli, italian, jamaican, japanese,"
              + " jordanian, kazakh, kenyan, korean, kurdish, kuwaiti, latvian, lebanese, libyan,"
              + " lithuanian, malaysian, maltese, mexican, moldovan, mongolian, moroccan, nepalese,"
              + " nigerian, norwegian, pakistani, palestinian, peruvian, polish, portuguese, roma,"
              + " romanian, russian, rwandan, saudi, scottish, senegalese, serbian, singaporean,"
              + " slovak, slovenian, somali, south african, spanish, sri lankan, sudanese, swedish,"
              + " swiss, syrian, taiwanese, tamil, tanzanian, thai, tunisian, turkish, ugandan,"
              + " ukrainian, uruguayan, uzbek, venezuelan, vietnamese, welsh, yemeni, zambian,"
              + " zimbabwean, african american, hispanic, latino, latina, asian, caucasian, deutsch,"
              + " französisch, spanisch, türkisch, polnisch");
  private static final Terms FAITHS =
      Terms.of(
          "adventist, agnostic, anglican, atheist, bahai, baptist, buddhist, calvinist, catholic,"
              + " christian, evangelical, hindu, jain, jehovah s witness, jewish, lutheran,"
              + " methodist, mormon, muslim, orthodox, pentecostal, presbyterian, protestant,"
              + " quaker, rastafarian, roman catholic, scientologist, shia, shiite, sikh, sunni,"
              + " taoist, zoroastrian, muslima, katholisch, evangelisch, muslimisch, jüdisch,"
              + " católico, católica, catholique, musulman, musulmane");
  private static final Terms PARTIES =
      Terms.of(
          "anarchist, communist, conservative, democrat, fascist, green party, labour party,"
              + " leftist, liberal, libertarian, marxist, nationalist, republican, social democrat,"
              + " socialist, tory, christian democrat, trade unionist, separatist");
  private static final Terms GROUPS = Terms.union(List.of(NATIONS, FAITHS, PARTIES));
  private static final Terms FIELDS =
      Terms.of(
          "nationality, nationalities, citizenship, citizen, ethnicity, ethnic, race, religion,"
              + " faith, denomination, confession, party, political affiliation, affiliation,"
              + " staatsangehörigkeit, nationalität, religionszugehörigkeit, konfession,"
              + " nationalité, nacionalidad, religión");
  private static final Terms OF_A_PERSON =
      Terms.of(
          "nationality, citizenship, ethnicity, ethnic origin, religion, faith, denomination,"
              + " political affiliation, registered, lifelong, devout, practising, practicing,"
              + " converted to, raised, votes, voted, voter, identifies as, i am, i m, he is, he s,"
              + " she is, she s, they are, who is, who are, he was, she was, husband is, wife is,"
              + " born, staatsangehörigkeit, konfession, nationalité, nacionalidad, religión, ich"
              + " bin, soy, je suis");
  private static final Terms MEMBERS = Terms.of("citizen, citizens, national, nationals, passport");
  private static final int BEFORE = 4;

  @Override
  public String name() {
    return "group";
  }

  @Override
  public Set<EntityType> types() {
    return Set.of(EntityType.GROUP);
  }

  @Override
  public void detect(Passage passage, Set<EntityType> asked, Matches matches) {
    Words words = passage.words();
    String field = FIELDS.anywhere(passage.field().words());
    for (int word = 0; word < words.size(); word++) {
      String term = GROUPS.at(words, word);
      if (term == null) {
        continue;
      }
      int last = word + (int) term.chars().filter(c -> c == ' ').count();
      if (field != null) {
        report(words, word, last, .95, "field name \"" + field + '"', matches);
      } else {
        Context.Near before = Context.before(OF_A_PERSON, words, word, BEFORE);
        boolean member = last + 1 < words.size() && MEMBERS.at(words, last + 1) != null;
        if (before != null) {
          report(words, word, last, .8, before.explanation(), matches);
        } else if (member) {
          report(words, word, last, .7, "a word for members behind it", matches);
        }
      }
      word = last;
    }
  }

  private static void report(
      Words words, int first, int last, double score, String why, Matches matches) {
    matches.add(
        EntityType.GROUP,
        words.start(first),
        words.end(last),
        score,
        "nationality, religion or political group, " + why);
  }
}
