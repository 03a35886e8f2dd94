import type { IdentifierClass } from "../identifies.ts";

/** What a column is called, in English, German, French, Spanish and Italian. Words are compared without accents and cases. */

/** The words of a name: "Prénom_2" -> "prenom 2", "admitTime" -> "admit time". */
export const plainName = (name: string): string =>
  name
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replace(/([a-z])(\d)/g, "$1 $2")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/** `words`: alternatives, whole words; a leading * stands for the front of a German compound. */
function naming(words: string): (plain: string) => boolean {
  const alternatives = words
    .split(",")
    .map((one) => one.trim().replace(/\s+/g, " "))
    .filter(Boolean)
    .map((one) => (one.startsWith("*") ? `[a-z]*${one.slice(1)}` : one));
  const pattern = new RegExp(`(^| )(${alternatives.join("|")})( |$)`);
  return (plain) => pattern.test(plain);
}

const NUMBER = "(no|nr|nbr|num|number|nummer|id|ids|code|key|numero|nro|n)";

/** Of a person for sure. */
const personName =
  naming(`first name, firstname, fname, f name, given names?, givenname, forename, forenames, middle name,
  middle initial, middlename, last name, lastname, lname, l name, surname, surnames, sur name, family name, familyname, maiden name, full name,
  fullname, (patient|pat|pt|subject|person|member|client|contact|guardian|mother|father|spouse|relative|kin|doctor|physician|nurse|surgeon|provider|clinician|consultant|gp|practitioner|operator|staff|user|employee|author)s? (full )?name, next of kin,
  nok, emergency contact, nickname, alias, initials, name of patient, patientname, *vorname, *vornamen, *nachname, *familienname,
  geburtsname, madchenname, maedchenname, rufname, *patientenname, *arztname, name patient, name des patienten, ansprechpartner, angehorige, angehoerige,
  prenom, prenoms, nom patient, nom du patient, nom de famille, nom usuel, nom usage, nom d usage, nom de naissance, nom jeune fille, nom de jeune fille, nom marital, nom medecin,
  nombres, nombre paciente, nombre del paciente, nombre completo, nombre y apellidos, nombre medico, apellidos?, primer apellido, segundo apellido, cognome,
  cognome e nome, nome e cognome, nome paziente, nome cognome, nominativo, nome medico, cognome nome, paziente nome, madre nombre`);

/** A person's or a thing's. */
const maybeName =
  naming(`name, names, nom, noms, nombre, nome, patient, paciente, paziente, pat, contact, doctor, physician,
  attending, surgeon, nurse, provider, consultant, clinician, gp, arzt, *arzt, *aerztin, hausarzt, operateur, chirurg, medecin, medecin traitant,
  medico, medico curante, responsable, referring, referrer, seen by, signed by, entered by, author, kin, relative, mother, father, employer, guardian, partner, person, subject, client, user, owner, verfasser, bearbeiter`);

/** Whose levels are words of the clinic, whatever a list of names says. */
const thing =
  naming(`drug, drugs, medication, medicine, substance, agent, test, tests, lab, labs, analyte, parameter, assay, panel, component, item, observation, measurement,
  file, column, variable, field, ward, wards, unit, station, department, dept, clinic, hospital, facility, site, centre, center, location, room, bed, study, trial, arm, group,
  brand, generic, product, trade, diagnosis, diagnoses, dx, disease, disorder, condition, problem, procedure, operation, surgery type, event, class, category, type,
  country, state, region, province, land, bundesland, county, city, town, school, organism, species, pathogen, bacteria, gene, variant, allele, protein, scale, score, instrument, questionnaire,
  method, technique, device, manufacturer, vendor, company, sponsor, payer, payor, plan, insurer, kasse, krankenkasse, language, religion, nationality, ethnicity, race, occupation, job, profession, trade, beruf, *tatigkeit, metier, profesion, ocupacion, professione, occupazione, mestiere, status, grade, stage, level,
  allergen, allergy, vaccine, food, diet, stain, eponym, syndrome, sign, symptom, month, day, color, colour, abteilung, klinik, krankenhaus, fachrichtung, medikament, wirkstoff, diagnose, erkrankung, untersuchung, labor, messwert, erreger, therapie,
  medicament, service, unite, hopital, diagnostic, maladie, examen, analyse, farmaco, medicamento, servicio, unidad, diagnostico, enfermedad, prueba, reparto, diagnosi, malattia, esame, ospedale`);

const PATTERNS: readonly (readonly [IdentifierClass, (plain: string) => boolean])[] = [
  [
    "email",
    naming(
      `email, e mail, mail, emails, email address, courriel, correo, correo electronico, posta elettronica, mailadresse, emailadresse, *mailadresse`,
    ),
  ],
  [
    "ip-address",
    naming(
      `ip, ip addr, ip address, ip v 4, ipv, ip adresse, adresse ip, direccion ip, indirizzo ip, client ip, host ip, remote addr`,
    ),
  ],
  [
    "web-address",
    naming(
      `url, urls, uri, website, web site, homepage, web, link, web address, webseite, site web, lien, sitio web, pagina web, sito web, profile url, portal link, facebook, twitter, instagram, linkedin`,
    ),
  ],
  [
    "coordinates",
    naming(
      `lat, latitude, lats, lon, longitude, lng, long, gps, geo, geopoint, coord, coords, coordinates, coordinate, latlong, lat lon, lat long, geolocation, breitengrad, laengengrad, langengrad, koordinaten, latitud, longitud, coordenadas, latitudine, longitudine, coordinate gps, coordonnees`,
    ),
  ],
  [
    "birth-date",
    naming(
      `dob, d o b, birth, birth date, birthdate, birthday, date of birth, dateofbirth, birth dt, birth time, born, born on, geb, geb dat, gebdat, geb datum, gebdatum, geburt, *geburtsdatum, geburtstag, geboren, naissance, date naissance, date de naissance, datenaissance, ddn, date naiss, ne le, nacimiento, fecha nacimiento, fecha de nacimiento, f nac, fnac, fecnac, fecha nac, nascita, data nascita, data di nascita, datanascita, nato il`,
    ),
  ],
  [
    "photo",
    naming(
      `photo, photos, photograph, picture, portrait, face image, image, images, image file, image path, foto, fotos, bild, *bild, lichtbild, fotografia, imagen, immagine, avatar, headshot, selfie`,
    ),
  ],
  [
    "biometric",
    naming(
      `fingerprint, finger print, fingerprints, thumbprint, iris scan, retina scan, retinal scan, voice print, voiceprint, voice, voice recording, voice sample, biometric, biometrics, face template, facial template, face id, palm print, *fingerabdruck, *stimmprobe, empreinte, empreinte digitale, empreintes, huella, huella dactilar, huella digital, impronta, impronta digitale, signature, unterschrift, firma`,
    ),
  ],
  [
    "vehicle",
    naming(
      `vin, vehicle, vehicle id, vehicle no, vehicle number, vehicle identification number, plate, plates, license plate, licence plate, number plate, plate no, plate number, *kennzeichen, kfz, kfz kennzeichen, fahrgestellnummer, fahrgestellnr, fin, immatriculation, plaque, plaque immatriculation, plaque d immatriculation, matricula vehiculo, matricula coche, bastidor, numero bastidor, targa, telaio, numero telaio, car plate, car registration, registration plate`,
    ),
  ],
  [
    "device",
    naming(
      `serial, serial ${NUMBER}, serialno, serialnumber, serial nr, sn, udi, udi di, udi pi, device ${NUMBER}, device serial, device identifier, implant ${NUMBER}, implant serial, pacemaker serial, pump serial, pump id, imei, mac, mac address, mac addr, mac adresse, *seriennummer, *seriennr, geratenummer, geraetenummer, geratenr, gerate id, geraete id, numero de serie, numero serie, num serie, n serie, ns appareil, numero di serie, matricola dispositivo, dispositivo id, *implantatnummer`,
    ),
  ],
  [
    "licence-number",
    naming(
      `licen[cs]e, licen[cs]e ${NUMBER}, drivers? licen[cs]e, driver s licen[cs]e, driving licen[cs]e, certificate, certificate ${NUMBER}, cert ${NUMBER}, dea, dea ${NUMBER}, npi, npi ${NUMBER}, lanr, bsnr, fuhrerschein, fuehrerschein, fuhrerscheinnummer, fuehrerscheinnummer, approbationsnummer, permis, permis de conduire, numero permis, rpps, adeli, licencia, licencia conducir, permiso conducir, numero colegiado, num colegiado, colegiado, patente, numero patente, patente di guida, medical licen[cs]e, gmc, gmc ${NUMBER}`,
    ),
  ],
  [
    "account-number",
    naming(
      `account, account ${NUMBER}, acct, acct ${NUMBER}, acc no, acc nr, bank account, iban, bankverbindung, konto, *kontonummer, *kontonr, konto nr, kundennummer, customer ${NUMBER}, compte, numero compte, numero de compte, compte bancaire, rib, cuenta, numero cuenta, numero de cuenta, cuenta bancaria, conto, numero conto, conto corrente, credit card, creditcard, card ${NUMBER}, card no, cc number, kreditkarte, kreditkartennummer, *rechnungsnummer, *rechnungsnr, invoice ${NUMBER}, invoice, bill ${NUMBER}, facture, numero facture, factura, numero factura, fattura, numero fattura`,
    ),
  ],
  [
    "national-number",
    naming(
      `ssn, ssn ${NUMBER}, social security, social security ${NUMBER}, soc sec ${NUMBER}, social sec no, sin, nhs, nhs ${NUMBER}, nhsnumber, chi ${NUMBER}, nino, ni ${NUMBER}, national insurance, national insurance ${NUMBER}, national id, national ${NUMBER}, nationalid, tax ${NUMBER}, tin, itin, passport, passport ${NUMBER}, id card, id card ${NUMBER}, identity card, identity ${NUMBER}, citizen id, steuer id, steuerid, steueridentifikationsnummer, steuernummer, steuer nr, svnr, sv nr, sv nummer, rvnr, *sozialversicherungsnummer, *sozialversicherungsnr, *rentenversicherungsnummer, reisepass, reisepassnummer, personalausweis, *ausweisnummer, ausweisnr, ahv, ahv ${NUMBER}, ahvn, ahvnr, ahvnummer, avs, avs ${NUMBER}, numero avs, nir, nirpp, insee, numero insee, numero securite sociale, numero de securite sociale, num secu, numero secu, n secu, nss, securite sociale, passeport, numero passeport, carte identite, cni, dni, nie, nif, dni nie, documento, documento identidad, numero documento, num documento, cedula, pasaporte, seguridad social, numero seguridad social, num seg social, naf, codice fiscale, cod fiscale, codicefiscale, cf, cod fisc, carta identita, carta d identita, passaporto, bsn, burgerservicenummer, personnummer, cpr, curp, rut, cpf, pesel, aadhaar`,
    ),
  ],
  [
    "insurance-number",
    naming(
      `insurance ${NUMBER}, insurance policy, insurance policy ${NUMBER}, policy ${NUMBER}, policy, policyno, member ${NUMBER}, memberid, subscriber ${NUMBER}, subscriber, beneficiary ${NUMBER}, bene id, desynpuf id, health plan ${NUMBER}, plan member id, medicare ${NUMBER}, medicaid ${NUMBER}, mbi, hicn, health card, health card ${NUMBER}, health insurance ${NUMBER}, kvnr, kv nr, kv nummer, *versichertennummer, *versichertennr, *versicherten nr, *versichertenid, versicherten id, *versicherungsnummer, *versicherungsnr, vers nr, versnr, egk, egk nr, numero assure, numero d assure, num assure, numero adherent, numero mutuelle, numero contrat, numero poliza, poliza, numero de poliza, num poliza, tarjeta sanitaria, tsi, cip, cip sns, numero afiliado, num afiliado, afiliado, tessera sanitaria, numero tessera, tessera, polizza, numero polizza, numero assicurato, mutua numero`,
    ),
  ],
  [
    "phone",
    naming(
      `phone, phones, phone ${NUMBER}, phonenumber, telephone, telephone ${NUMBER}, tel, tel ${NUMBER}, mobile, mobile ${NUMBER}, mobile phone, cell phone, cellphone, cell ${NUMBER}, home phone, work phone, contact ${NUMBER}, contact phone, phone home, phone work, phone mobile, callback, callback ${NUMBER}, pager, pager ${NUMBER}, fax, fax ${NUMBER}, faxnumber, whatsapp, *telefon, *telefonnummer, *telefonnr, *rufnummer, handy, handynummer, handynr, handy ${NUMBER}, mobil, mobilnummer, mobiltelefon, *faxnummer, telefax, portable, tel portable, tel fixe, telephone portable, numero telephone, numero de telephone, telecopie, telecopieur, telefono, telefonos, telefono movil, telefono fijo, movil, celular, numero telefono, numero de telefono, cellulare, numero cellulare, numero di telefono, recapito, recapito telefonico, telefono casa, emergency phone`,
    ),
  ],
  [
    "address",
    naming(
      `address, addresses, addr, address ?(1|2|line|line 1|line 2)?, address line, home address, mailing address, postal address, residential address, residence, street, street address, street name, house ${NUMBER}, house, *strasse, str, strasse hausnummer, strasse nr, *hausnummer, hausnr, *anschrift, *adresse, postanschrift, wohnanschrift, adresse postale, adresse patient, rue, voie, numero voie, libelle voie, calle, calle y numero, direccion, direccion postal, domicilio, domicilio paciente, via, via e numero, via residenza, indirizzo, indirizzo residenza, residenza, numero civico, domicile, po box, postfach`,
    ),
  ],
];

const postcode = naming(
  `zip, zips, zip ?code, zipcodes?, zip 5, zip 4, zip 9, postcode, postcodes, post code, postal, postal code, postalcode, pcode, pc, plz, *plz, *postleitzahl, code postal, codepostal, cp, code post, codigo postal, codigopostal, cod postal, c postal, cap, codice postale, c a p, census tract, tract, block group, lsoa, msoa, output area, iris code, code iris, seccion censal, sezione censimento, fips`,
);
const place = naming(
  `city, cities, town, village, municipality, county, parish, suburb, neighbou?rhood, precinct, borough, home town, hometown, city of birth, birth ?place, place of birth, place of residence, ort, *wohnort, stadt, gemeinde, *landkreis, kreis, stadtteil, geburtsort, ville, commune, ville de naissance, commune residence, lieu de naissance, lieu naissance, quartier, ciudad, municipio, localidad, poblacion residencia, lugar nacimiento, lugar de nacimiento, barrio, citta, comune, comune residenza, comune di residenza, localita, luogo nascita, luogo di nascita, frazione`,
);
const record = naming(
  `mrn, mrn ${NUMBER}, medical record, medical record ${NUMBER}, med rec ${NUMBER}, medrec, record ${NUMBER}, chart, chart ${NUMBER}, hospital ${NUMBER}, case ${NUMBER}, caseid, caseno, file ${NUMBER}, dossier, encounter, encounter ${NUMBER}, enc id, csn, visit ${NUMBER}, visitid, admission ${NUMBER}, adm id, hadm id, stay ${NUMBER}, icustay id, episode ${NUMBER}, specimen ${NUMBER}, sample ${NUMBER}, barcode, accession, accession ${NUMBER}, order ${NUMBER}, orderid, requisition ${NUMBER}, patient ${NUMBER}, patientid, patientnr, pat ${NUMBER}, patid, pt ${NUMBER}, ptid, subject ${NUMBER}, subjid, usubjid, person ${NUMBER}, participant ${NUMBER}, study id, studyid, randomi[sz]ation ${NUMBER}, screening ${NUMBER}, mpi, empi, ehr id, unit number, *fallnummer, *fallnr, fall ${NUMBER}, fallid, *aktenzeichen, *aktennummer, akten ${NUMBER}, *aufnahmenummer, aufnahmenr, aufnahme nr, *patientennummer, *patientennr, patienten ${NUMBER}, pid, pid nr, *auftragsnummer, auftragsnr, *probennummer, probennr, proben ${NUMBER}, krankenblattnummer, *behandlungsnummer, ipp, iep, numero ipp, numero dossier, numero de dossier, num dossier, n dossier, nda, numero patient, num patient, id patient, numero sejour, num sejour, id sejour, nip, historia clinica, num historia, numero historia, n historia, nhc, numero historia clinica, hc, expediente, numero expediente, num expediente, id paciente, codigo paciente, numero paciente, episodio, id episodio, num episodio, cartella, cartella clinica, numero cartella, num cartella, n cartella, nosologico, numero nosologico, numero pratica, id paziente, codice paziente, cod paziente, id ricovero, numero ricovero, numero ammissione, matricola`,
);
const uniqueCode = naming(
  `uuid, guid, uid, hash, token, pseudonym, pseudonym id, psn, kennung, row id, row key, study code, *pseudonym, identifiant, identificador, identificativo`,
);

/** Classes that the name speaks of, likeliest first; "small-area" with the two sizes apart. */
export interface Named {
  readonly classes: readonly IdentifierClass[];
  /** of a person for sure */
  readonly person: boolean;
  /** a person's or a thing's */
  readonly maybePerson: boolean;
  /** postcodes and areas of few people */
  readonly postcode: boolean;
  /** towns, counties */
  readonly place: boolean;
  /** says that its levels are of the clinic */
  readonly thing: boolean;
}

export function namedAs(name: string): Named {
  const plain = plainName(name);
  const joined = plain.replace(/ /g, "");
  const is = (test: (plain: string) => boolean): boolean => test(plain) || test(joined);
  const classes = PATTERNS.flatMap(([what, test]) => (is(test) ? [what] : []));
  return {
    classes: [
      ...classes,
      ...(is(record) ? (["record-number"] as const) : []),
      ...(is(uniqueCode) ? (["unique-code"] as const) : []),
    ],
    person: is(personName),
    maybePerson: is(maybeName),
    postcode: is(postcode),
    place: is(place),
    thing: thing(plain),
  };
}

/** Named like a patient's own age. */
export const namesOwnAge = naming(
  `age, ages, age years, age yrs, age y, age at admission, age at diagnosis, anchor age, patient age, alter, lebensalter, *patientenalter, alter jahre, edad, edad anos, age ans, age patient, eta, eta anni, eta paziente, anni`,
);

/** A quantity: counted, measured or paid, not issued. */
export const namesQuantity =
  naming(`count, counts, total, totals, sum, amount, cost, costs, charge, charges, price, revenue, income, salary, payment, paid, kosten, cout, coste, costo, betrag, erlos, erloes, days?, hours?, minutes?, seconds?, ms, time, duration, los, length, tage, stunden, dauer, duree, dias,
  weight, height, dose, dosage, volume, flow, rate, pressure, size, area, level, levels, value, values, result, results, wert, werte, valeur, valor, valore, mg, kg, g, ml, l, mm, cm, mmol, umol, ng, pg, ug, iu, ui, ie, mmhg, bpm, kpa, copies, load, titre, titer, concentration, conc, activity, score, index, distance, steps, calories, kcal, population, dna, rna, viral load,
  platelets?, plt, thrombocytes?, thrombozyten, plaquettes, plaquetas, piastrine, leuko[a-z]*, leuco[a-z]*, wbc, rbc, ery[a-z]*, cells?, reads, neutro[a-z]*, lympho[a-z]*, bnp, nt probnp, ntprobnp, probnp, ferritin[a-z]*, ck, cpk, ldh, troponin[a-z]*, d dimer, ddimer, dimer, psa, afp, hcg, ca 125, ca 19 9, insulin, b 12, tsh, year, jahr, annee, ano, anno, timestamp, epoch, ts, version, ratio, percent, pct, frequency, freq, hz, power, energy, spend, budget, value ?\\d*`);
