package dev.bylaw.content.models;

import java.util.Set;

/** Words that stand before, behind or over names, and those that stand where a name might. */
final class NameWords {
  static final Set<String> TITLES =
      words(
          "mr mrs ms miss mx dr prof professor frau herr herrn fraulein senor senora sr sra srta don"
              + " dona monsieur madame mme mlle signor signora sig dott dhr mevrouw meneer pan pani"
              + " sir dame rabbi imam reverend rev judge justice sergeant sgt officer nurse coach"
              + " senator congressman congresswoman aunt auntie uncle grandma grandpa pastor bishop"
              + " deacon chief chieftain smt shri sri kumari tuan puan encik datuk datin lord baroness"
              + " baron constable detective inspector corporal lieutenant captain major"
              + " colonel admiral commodore councillor alderman ambassador minister advocate lic ing"
              + " fru herra rouva");

  // What stands before a name in a form, in a sentence, or in a language that the model knows
  // little of.
  static final Set<String> INTRODUCTIONS =
      words(
          "soy llamo appelle suis heisse heiße sono nome ansprechpartner ansprechpartnerin name names"
              + " fullname cardholder holder applicant employee customer contact contacts attn nombre"
              + " nom titular inhaber kontoinhaber kunde kundin patient pt guest payee borrower tenant"
              + " insured claimant passenger traveller supervisor manager signature signed surname"
              + " forename vorname nachname prenom apellido cognome author owner spouse recipient"
              + " sender beneficiary fn attendees chair candidate courier interviewer");
  // Between an introduction and a name: `mi nombre es`, `name on it`.
  static final Set<String> COPULAS = words("is es e est ist on it here was of as to are");
  static final Set<String> BILLED = words("bill invoice ship sold deliver pay");
  static final Set<String> GREETINGS =
      words(
          "hi hello hey dear hallo liebe lieber hola bonjour estimado estimada ciao beste cher chere"
              + " caro cara querido querida salut hej szanowny szanowna thanks thank love morning"
              + " afternoon evening howdy howzit namaste moin servus heya yo salam ahoj welcome");
  static final Set<String> SIGN_OFFS =
      words(
          "regards sincerely best warmly cheers thanks yours faithfully truly love grusse gruße grüße"
              + " cordialement saludos saludo sent signed respectfully wishes ta cheerio slan salutations"
              + " mvh groet groeten hilsen atenciosamente obrigado obrigada abraco ciao kisses xx xo");
  static final Set<String> NOBODY =
      words(
          "team all sir madam customer customers everyone everybody colleague colleagues there folks"
              + " guys friend friends support client member members user users neighbour neighbor"
              + " you for so again from and the to a an my it is in lol omg"
              + " btw thx pls lmao haha idk tbh ok okay her him them us me");
  // `product name`, `owner id`, `contact email` are no names of people.
  static final Set<String> OF_THINGS =
      words(
          "product file company host domain item brand model street city country project server table"
              + " column event code user login id email mail phone mobile tel number no type role url"
              + " address birth date department organisation organization");
  static final Set<String> THINGS_BEHIND =
      words(
          "street st road rd avenue ave boulevard blvd lane drive square court park place plaza bridge"
              + " airport station university college school hospital clinic foundation institute museum"
              + " stadium prize award act law theorem method disease syndrome effect inc ltd llc gmbh"
              + " corp corporation company co plc ag bank hotel county island river lake mountain"
              + " valley beach hills heights tower building bros");
  static final Set<String> THINGS_BEFORE =
      words("via rue avenida calle plaza piazza hotel lake mount fort port hurricane saint");
  static final Set<String> PARTICLES =
      words(
          "van von de der den del della di da dos das do du la le el al bin ibn ben abu ter ten st");

  private NameWords() {}

  private static Set<String> words(String list) {
    return Set.of(list.split(" ", -1));
  }
}
