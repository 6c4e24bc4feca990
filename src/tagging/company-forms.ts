/** Legal forms, by the languages that use them; `|` stands between two. */
const FORMS_BY_LANGUAGE = {
  german:
    "GmbH | GmbH & Co. KG | GmbH & Co. KGaA | GmbH & Co. OHG | gGmbH | mbH | GesmbH | Ges.m.b.H. | AG | AG & Co. KG | " +
    "Aktiengesellschaft | KG | KGaA | OHG | UG | UG (haftungsbeschränkt) | eG | e.K. | SE | SE & Co. KG",
  english:
    "Ltd | Limited | Co. Ltd | Company Limited | Pty Ltd | Pte Ltd | plc | LLP | LLC | Inc | Incorporated | Corp | " +
    "Corporation | DAC | CIC",
  dutch: "B.V. | N.V. | BVBA | CVBA | VOF",
  french: "SA | SAS | SASU | SARL | Sàrl | SPRL | SCA | SNC | SEM | EURL",
  italian: "S.p.A. | S.r.l. | S.r.l.s. | S.a.s.",
  iberian: "S.L. | S.L.U. | S.A.U. | Lda | Ltda | Unipessoal Lda | S/A",
  nordic: "AB | AB (publ) | HB | KB | AS | A/S | ASA | ApS | ANS | Oy | Oyj | Oy Ab | ehf | hf | ohf",
  baltic: "UAB | MB | SIA | OÜ | VšĮ",
  polish: "Sp. z o.o. | Spółka z o.o. | Sp. k. | Sp. j. | P.S.A.",
  czechAndSlovak: "s.r.o. | spol. s r.o. | a.s. | k.s.",
  hungarian: "Kft | Zrt | Nyrt | Bt",
  southSlavic: "d.o.o. | j.d.o.o. | d.d. | a.d. | OOD | EOOD | EAD | ООД | ЕООД | ЕАД | АД | ДОО",
  greek: "ΑΕ | ΕΠΕ | ΙΚΕ",
  turkish: "A.Ş. | Ltd. Şti. | San. ve Tic. | Ticaret",
  eastSlavic: "OOO | ООО | АО | ПАО | ОАО | ЗАО | ИП | ТОВ | ТзОВ | ПП | РУП | ПО | УП",
};

/** What stands before or after a company's name and says nothing about who it is (rule T5.5). */
export const COMPANY_FORMS: readonly string[] = Object.values(FORMS_BY_LANGUAGE).flatMap((forms) =>
  forms.split(" | "),
);
