/** What data about a person is called, in the languages that people write in. In lower case. */
const FIELDS = words(`
	name firstname lastname fullname surname fname lname company companyname employer organisation organization
	industry city title jobtitle position role location
	vorname nachname firma firmenname unternehmen unternehmensname anrede stadt branche
	prénom prenom nom entreprise société societe poste ville secteur
	nombre apellido apellidos empresa compañía cargo puesto ciudad sector
	nome cognome azienda ruolo città settore sobrenome cidade setor
	naam voornaam achternaam bedrijf bedrijfsnaam functie stad
	imię imie nazwisko nazwa stanowisko miasto branża
	namn förnamn efternamn företag företagsnamn företagets titel bransch
	adı isim soyad soyadı soyisim şirket şehir unvan pozisyon sektör
	名前 お名前 氏名 会社名 御社名 貴社名 الاسم اسم الشركة
`);

/** What is said beside them: `[Your First Name]`, `[insert company here]`. */
const BESIDE = words(`
	first last full given family job your their my the of recipient recipients prospect prospects lead leads
	contact contacts customer customers client clients sender person persons insert enter add here s
	ihr ihre dein deine der des hier einfügen einsetzen
	votre de la le du l insérer ici tu tus su sus del aquí insertar
	tuo suo il dell inserire qui seu sua da do inserir aqui
	je jouw uw van het hier invullen twoje firmy wpisz ditt din fyll i şirketi adınız
`);

function words(list: string): ReadonlySet<string> {
	return new Set(list.trim().split(/\s+/));
}

/** Whether a text is the name of a field and nothing else: `First Name`, `company_name`, `firstName`, `Vorname`. */
export function isFieldName(text: string): boolean {
	const parts = text
		.normalize('NFC')
		.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
		.toLowerCase()
		.split(/[\s_.'’-]/)
		.filter(Boolean);
	return (
		parts.some((part) => FIELDS.has(part)) &&
		parts.every((part) => FIELDS.has(part) || BESIDE.has(part))
	);
}
