package dev.bylaw.content;

import static dev.bylaw.content.Check.checksum;
import static dev.bylaw.content.Check.structure;
import static dev.bylaw.content.Checksums.dayAndMonth;
import static dev.bylaw.content.Checksums.digit;
import static dev.bylaw.content.Checksums.weighted;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Numbers of Latin America, and the codes of banks. */
final class LatinAmericaIdentifiers {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  static final List<Identifier> TABLE =
      List.of(
          Identifier.of(
              EntityType.BR_CPF,
              "br_cpf",
              "9{11}",
              "3.3.3-2=.97, 9-2=.7, compact=.45",
              checksum("both check digits", LatinAmericaIdentifiers::cpf),
              .97,
              "cpf, cadastro de pessoas",
              "brasil, brazil, cliente",
              "529.982.247-25"),
          Identifier.of(
              EntityType.BR_CNPJ,
              "br_cnpj",
              "9{14}",
              "2.3.3/4-2=.97, compact=.55",
              checksum("both check digits", LatinAmericaIdentifiers::cnpj),
              .97,
              "cnpj, cadastro nacional",
              "brasil, brazil, empresa",
              "11.222.333/0001-81"),
          Identifier.of(
              EntityType.MX_CURP,
              "mx_curp",
              "A{4}9{6}[HMX]A{5}*9",
              "compact=.95",
              structure("birthday", text -> dayAndMonth(text, 8, 6)),
              .98,
              "curp, clave unica",
              "mexico",
              "HEGG560427MVZRRL04"),
          Identifier.of(
              EntityType.MX_RFC,
              "mx_rfc",
              "A{3,4}9{6}*{2}[0-9A]",
              "compact=.5",
              structure(
                  "birthday", text -> dayAndMonth(text, text.length() - 5, text.length() - 7)),
              .95,
              "rfc, registro federal",
              "mexico, sat, factura",
              "GODE561231GR8"),
          Identifier.of(
              EntityType.AR_CUIT,
              "ar_cuit",
              "[23]9{10}",
              "2-8-1=.95, compact=.3",
              checksum("modulo 11", LatinAmericaIdentifiers::cuit),
              .96,
              "cuit, cuil",
              "argentina, afip",
              "20-12345678-6"),
          Identifier.of(
              EntityType.CL_RUT,
              "cl_rut",
              "9{7,8}[0-9K]",
              "2.3.3-1=.95, 1.3.3-1=.95, 8-1=.7, 7-1=.7, compact=.05",
              checksum("modulo 11", LatinAmericaIdentifiers::rut),
              .95,
              "rut, run, rol unico",
              "chile",
              "12.345.678-5"),
          Identifier.of(
              EntityType.SWIFT_BIC,
              "swift_bic",
              "A{4}AA**|A{4}AA*{5}",
              "compact=.05, any=.02",
              structure("country of a BIC", text -> COUNTRIES.contains(text.substring(4, 6))),
              .93,
              "swift, bic, swift code, bic code, swift bic, bank identifier",
              "bank, wire, iban, transfer, sepa",
              "DEUTDEFF",
              "NWBKGB2LXXX"));

  private LatinAmericaIdentifiers() {}

  private static boolean cpf(String number) {
    int first = weighted(number, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    int second = weighted(number, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    return first == digit(number, 9) && second == digit(number, 10);
  }

  private static boolean cnpj(String number) {
    int first = weighted(number, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    int second = weighted(number, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return (first < 2 ? 0 : 11 - first) == digit(number, 12)
        && (second < 2 ? 0 : 11 - second) == digit(number, 13);
  }

  private static boolean cuit(String number) {
    int rest = 11 - weighted(number, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
    int check = rest == 11 ? 0 : rest == 10 ? 9 : rest;
    return check == digit(number, 10);
  }

  private static boolean rut(String text) {
    int sum = 0;
    int weight = 2;
    for (int i = text.length() - 2; i >= 0; i--) {
      sum += digit(text, i) * weight;
      weight = weight == 7 ? 2 : weight + 1;
    }
    return Checksums.endsWith(text, "0123456789K0", 11 - sum % 11);
  }
}
