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

  /** Titles that stand before nothing else than a name. */
  static final Set<String> SURE_TITLES =
      words(
          "mr mrs ms mx dr frau herr herrn senor senora signor signora monsieur madame mme mlle dhr"
              + " mevrouw meneer smt shri prof professor auntie");

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

  /** Heads of columns, names of fields and labels that say who somebody is. */
  static final Set<String> ROLES =
      words(
          "reporter assignee player requester requestor attending witness reviewer approver student"
              + " pupil teacher tutor speaker organiser organizer seller buyer landlord agent"
              + " representative signatory guarantor winner nominee trainer driver pilot respondent"
              + " plaintiff defendant lawyer solicitor attorney doctor physician gp caller visitor"
              + " subscriber reportee manager lead mentor officer nurse carer caregiver parent father"
              + " mother son daughter husband wife partner sibling child kin relative referee"
              + " passenger traveler attendee participant editor maintainer committer by staff"
              + " consultant technician engineer inspector examiner registrar trustee director ceo"
              + " cfo cto president treasurer secretary chairman chairwoman chairperson given first"
              + " last middle family maiden wer qui quien chi naam navn nimi imie nazwisko meno jmeno");

  /** What is done by somebody: {@code reviewed by}. */
  static final Set<String> DONE =
      words(
          "reviewed approved signed written authored reported created submitted prepared edited"
              + " assigned requested taken posted uploaded reopened closed escalated completed"
              + " conducted witnessed interviewed examined seen attended opened filed drafted"
              + " translated compiled maintained tested verified checked owned led hosted presented"
              + " recorded notarized acknowledged countersigned");

  /** Two words before a name: {@code ask for}, {@code spoke with}. */
  static final Set<String> TOWARDS =
      words(
          "ask+for asked+for spoke+with spoke+to speak+to speak+with talked+to talk+to meant+for"
              + " escalated+to revert+to report+to reports+to reporting+to reply+to replied+to met+with"
              + " meet+with assigned+to handed+to addressed+to care+of attention+of behalf+of act+for"
              + " acting+for acts+for matter+of estate+of married+to hired+by team+of thanks+to"
              + " referral+to referred+to calling+for copied+in says+hi");

  /** What people do and few things: the word before is likely a name. */
  static final Set<String> ACTS =
      words(
          "said says told tells asked asks replied replies wrote writes complained disagreed resigned"
              + " retired testified explained argued smiled laughed nodded tolerated apologised"
              + " apologized suggested admitted insisted thinks thought wondered married died"
              + " texted phoned emailed forgot remembers wants agreed joined left leaves");

  /** What firms and offices are called at the end. */
  static final Set<String> FIRMS =
      words(
          "inc ltd llc llp gmbh corp corporation plc ag bv nv sarl srl spa oy ab as asa kg pty pte"
              + " limited incorporated holdings group bank university council hospital institute"
              + " foundation ministry department agency airlines insurance partners association"
              + " society college school motors pharma energy logistics union");

  private NameWords() {}

  private static Set<String> words(String list) {
    return Set.of(list.split(" ", -1));
  }
}
