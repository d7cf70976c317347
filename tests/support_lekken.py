"""Walls with a leak: each makes copies as the real wall does, and lets something through that nobody flagged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from support_bewijs import Maker, Wereld, make_wereld, share
from support_reeks import make_roerder, pick
from support_regels import list_codes, list_kijkers, may_see
from support_roering import WIJZEN

from schemas import kern
from schemas.aanmelding import IngevuldeRubriek
from schemas.deelbeeld import Casusblok, Deelbeeld, Grondregel, Rubriekblok, Veld
from schemas.documentsoort import Documentsoort
from schemas.dossier import Dossier, PlanVanAanpak

#: What a leaky wall remembers from one copy to the next.
Geheugen = dict[str, tuple[Casusblok, ...]]
Lek = Callable[[Deelbeeld, Wereld, Geheugen], Deelbeeld | None]


def edit_kop(beeld: Deelbeeld, **velden: object) -> Deelbeeld:
    return beeld.model_copy(update={"kop": beeld.kop.model_copy(update=velden)})


def edit_casussen(beeld: Deelbeeld, wijzig: Callable[[Casusblok], Casusblok]) -> Deelbeeld:
    return beeld.model_copy(update={"casussen": tuple(wijzig(blok) for blok in beeld.casussen)})


def edit_rubrieken(
    beeld: Deelbeeld, wereld: Wereld, wijzig: Callable[[Rubriekblok, IngevuldeRubriek], Rubriekblok]
) -> Deelbeeld:
    """Each rubriek of the aanmelding that is shown, beside the whole of it in the dossier."""

    def edit(blok: Casusblok) -> Casusblok:
        heel = {r.titel: r for r in wereld.get(blok.code).aanmelding.rubrieken}
        rubrieken = (wijzig(r, heel[r.titel]) if r.titel in heel else r for r in blok.rubrieken)
        return blok.model_copy(update={"rubrieken": tuple(rubrieken)})

    return edit_casussen(beeld, edit)


def list_own(beeld: Deelbeeld, wereld: Wereld) -> list[Dossier]:
    codes = [blok.code for blok in beeld.casussen] or [beeld.kop.casuscode]
    return [wereld.get(code) for code in codes]


def join_values(beeld: Deelbeeld, wereld: Wereld, vraag: str) -> str:
    return " ".join(a.format() for d in list_own(beeld, wereld) for a in d.aanmelding.get_antwoorden(vraag))


def find_visible_rows(beeld: Deelbeeld, wereld: Wereld, rubriek: IngevuldeRubriek) -> list[int]:
    soort = wereld.data.get_document(beeld.documentsoort)
    assert soort is not None
    kijker = next(k for k in list_kijkers(wereld, soort) if k.id == beeld.ontvanger.id)
    return [
        nummer
        for nummer, rij in enumerate(rubriek.rijen, start=1)
        if any(a.format() and may_see(wereld, soort, kijker, a.vraag, a.vlag) for a in rij.antwoorden)
    ]


def number_by_form(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    def edit(blok: Rubriekblok, heel: IngevuldeRubriek) -> Rubriekblok:
        nummers = find_visible_rows(beeld, wereld, heel)
        rijen = [r.model_copy(update={"titel": f"Rij {n}"}) for r, n in zip(blok.rijen, nummers, strict=True)]
        return blok.model_copy(update={"rijen": tuple(rijen)})

    return edit_rubrieken(beeld, wereld, edit)


def letter_all_persons(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    def edit(blok: Rubriekblok, heel: IngevuldeRubriek) -> Rubriekblok:
        nummers = find_visible_rows(beeld, wereld, heel)
        rijen = [
            r.model_copy(update={"titel": f"persoon {chr(64 + n)}"}) for r, n in zip(blok.rijen, nummers, strict=True)
        ]
        return blok.model_copy(update={"rijen": tuple(rijen)})

    return edit_rubrieken(beeld, wereld, edit)


def count_all_rows(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_rubrieken(
        beeld,
        wereld,
        lambda blok, heel: blok.model_copy(update={"titel": f"{blok.titel} ({len(blok.rijen)} van {len(heel.rijen)})"}),
    )


def say_not_shared(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    """What is filled in but not shared is said to be there."""

    def edit(blok: Casusblok) -> Casusblok:
        getoond = {rubriek.titel for rubriek in blok.rubrieken}
        over = [
            Rubriekblok(titel=r.titel, velden=(Veld(label="Inhoud", waarde="[niet gedeeld]"),), rijen=())
            for r in wereld.get(blok.code).aanmelding.rubrieken
            if r.titel not in getoond and any(a.format() for a in r.antwoorden)
        ]
        return blok.model_copy(update={"rubrieken": (*blok.rubrieken, *over)})

    return edit_casussen(beeld, edit)


def show_initials(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    letters = "".join(woord[:2] for woord in join_values(beeld, wereld, kern.NAAM).split())
    return edit_kop(beeld, titel=f"{beeld.kop.titel} {letters}")


def show_width(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_kop(
        beeld, exemplaar_voor=f"{beeld.kop.exemplaar_voor} {'█' * len(join_values(beeld, wereld, kern.NAAM))}"
    )


def sort_cases_by_name(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    namen = {blok.code: wereld.get(blok.code).aanmelding.get_tekst(kern.NAAM) for blok in beeld.casussen}
    return beeld.model_copy(update={"casussen": tuple(sorted(beeld.casussen, key=lambda blok: namen[blok.code]))})


def sort_rows_by_hidden_field(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    """Shown rows in the order of what their first question holds, shown or not."""

    def edit(blok: Rubriekblok, heel: IngevuldeRubriek) -> Rubriekblok:
        sleutels = [heel.rijen[n - 1] for n in find_visible_rows(beeld, wereld, heel)]
        paren = sorted(
            zip(blok.rijen, sleutels, strict=True), key=lambda paar: "".join(a.format() for a in paar[1].antwoorden[:3])
        )
        return blok.model_copy(update={"rijen": tuple(rij for rij, _ in paren)})

    return edit_rubrieken(beeld, wereld, edit)


def name_file(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return beeld.model_copy(update={"bestandsnaam": f"{beeld.bestandsnaam} {join_values(beeld, wereld, kern.NAAM)}"})


def hash_dossier(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    inhoud = "".join(dossier.model_dump_json() for dossier in list_own(beeld, wereld))
    kenmerk = hashlib.sha256(inhoud.encode()).hexdigest()[:8]
    return edit_kop(beeld, documentnummer=f"{beeld.kop.documentnummer}-{kenmerk}")


def list_town(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_kop(beeld, verdeellijst=(*beeld.kop.verdeellijst, join_values(beeld, wereld, kern.GEMEENTE)))


def key_by_form_file(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    namen = [o.bestand for dossier in list_own(beeld, wereld) for o in dossier.ontvangsten]
    return beeld.model_copy(update={"sleutel": "/".join((beeld.sleutel, *namen))})


def count_persons(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    rubriek = kern.NAAM.split(".")[0]
    aantal = sum(len(dossier.aanmelding.get_rijen(rubriek)) for dossier in list_own(beeld, wereld))
    return edit_kop(
        beeld, inleiding=(*beeld.kop.inleiding, "Het gaat om meer dan drie personen." if aantal > 3 else "")
    )


def account_for_hidden(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    regels = [
        Grondregel(casuscode=dossier.code, veld=antwoord.vraag, grond="ingevuld")
        for dossier in list_own(beeld, wereld)
        for rubriek in dossier.aanmelding.rubrieken
        for antwoord in rubriek.antwoorden
        if antwoord.format()
    ]
    return beeld.model_copy(update={"verantwoording": (*beeld.verantwoording, *regels)})


def quote_note(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    notities = [besluit.notitie for dossier in list_own(beeld, wereld) for besluit in dossier.besluiten]
    return edit_kop(beeld, slot=(*beeld.kop.slot, *notities))


def tell_other_flags(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    """Beside what is shown, with whom it is shared too."""
    vlaggen = {
        naam
        for dossier in list_own(beeld, wereld)
        for rubriek in dossier.aanmelding.rubrieken
        for antwoord in rubriek.antwoorden
        for naam in sorted(antwoord.vlag.deelbaar_met)
    }
    return edit_kop(beeld, wijzigingen=tuple(sorted(vlaggen)))


def share_cache_between_recipients(beeld: Deelbeeld, _: Wereld, geheugen: Geheugen) -> Deelbeeld:
    """The first copy of a case that is made serves everybody."""
    sleutel = "/".join(blok.code for blok in beeld.casussen)
    return beeld.model_copy(update={"casussen": geheugen.setdefault(sleutel, beeld.casussen)})


def drop_copy_of_a_hidden_wish(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld | None:
    """No copy at all when something in the case is blank: the silence tells it."""
    antwoorden = [a for d in list_own(beeld, wereld) for r in d.aanmelding.rubrieken for a in r.antwoorden]
    return beeld if all(a.format() for a in antwoorden if a.vraag.startswith("vraag.")) else None


LEKKEN: dict[str, Lek] = {
    "rows numbered as on the form": number_by_form,
    "letters given over all persons": letter_all_persons,
    "2 van 5": count_all_rows,
    "niet gedeeld, instead of nothing": say_not_shared,
    "initials of a person who is not shown": show_initials,
    "a bar as wide as a name": show_width,
    "cases in the order of a name": sort_cases_by_name,
    "rows in the order of a hidden field": sort_rows_by_hidden_field,
    "file name with a name": name_file,
    "document number with a hash of the dossier": hash_dossier,
    "distribution list with the municipality": list_town,
    "key with the name of the form's file": key_by_form_file,
    "plural over all persons": count_persons,
    "account of fields that are not in the copy": account_for_hidden,
    "the coordinator's own note": quote_note,
    "with whom else it is shared": tell_other_flags,
    "cache between recipients": share_cache_between_recipients,
    "no copy because of a blank": drop_copy_of_a_hidden_wish,
}


def make_leaky(lek: Lek) -> Maker:
    def maker(wereld: Wereld, soort: Documentsoort) -> tuple[Deelbeeld, ...]:
        geheugen: Geheugen = {}
        lekkend = [lek(beeld, wereld, geheugen) for beeld in share(wereld, soort)]
        return tuple(beeld for beeld in lekkend if beeld is not None)

    return maker


def is_caught(maker: Maker, tafel: str, soort: Documentsoort) -> bool:
    """Whether some recipient of this document can tell a scramble from the first world by this maker's copies.

    A scramble that the real wall lets through too proves nothing about the leak, and is left out.
    """
    wereld = make_wereld(tafel, soort, 1)
    echt, lekkend = share(wereld, soort), maker(wereld, soort)
    for kijker in list_kijkers(wereld, soort)[::4]:
        roerder = make_roerder(wereld, soort, kijker)
        for wijze in WIJZEN:
            geroerd = roerder.stir(wijze)
            if pick(share(geroerd, soort), kijker) != pick(echt, kijker):
                continue
            if pick(maker(geroerd, soort), kijker) != pick(lekkend, kijker):
                return True
    return False


# --- and after the meeting ---


def edit_slot(beeld: Deelbeeld, teksten: Iterable[str]) -> Deelbeeld:
    return edit_kop(beeld, slot=(*beeld.kop.slot, *teksten))


def print_pistes(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (b.pistes for d in list_about(beeld, wereld) for b in d.besluiten))


def tell_all_to_dos(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (a.wat for d in list_about(beeld, wereld) for a in d.afspraken))


def count_to_dos(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (f"uw deel van {len(d.afspraken)} afspraken" for d in list_about(beeld, wereld)))


def quote_all_passages(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (p.tekst for d in list_about(beeld, wereld) for p in d.passages))


def list_all_cases(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (d.code for d in wereld.dossiers))


def tell_who_was_elsewhere(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (naam for d in wereld.dossiers for b in d.besluiten for naam in b.aanwezig))


def list_about(beeld: Deelbeeld, wereld: Wereld) -> list[Dossier]:
    return [wereld.get(code) for code in list_codes(beeld)]


LEKKEN_NA: dict[str, Lek] = {
    "pistes, which feed the plan": print_pistes,
    "to-do's of others": tell_all_to_dos,
    "how many to-do's there are": count_to_dos,
    "passages for others": quote_all_passages,
    "cases at which he did not sit": list_all_cases,
    "who sat at other cases": tell_who_was_elsewhere,
}


# --- and between two meetings ---


def _list_plannen(beeld: Deelbeeld, wereld: Wereld) -> list[PlanVanAanpak]:
    return [d.plan for d in list_about(beeld, wereld) if d.plan is not None]


def count_versions(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (f"versie {plan.versie}" for plan in _list_plannen(beeld, wereld)))


def number_aims_before_the_wall(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    """Each aim with its number in the whole plan."""
    if beeld.plan is None:
        return beeld
    alle = list(dict.fromkeys(a.doelstelling for plan in _list_plannen(beeld, wereld) for a in plan.acties))
    doelen = [doel.model_copy(update={"nummer": alle.index(doel.doelstelling) + 1}) for doel in beeld.plan.doelen]
    return beeld.model_copy(update={"plan": beeld.plan.model_copy(update={"doelen": tuple(doelen)})})


def name_all_who_act(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    wie = {naam for plan in _list_plannen(beeld, wereld) for a in plan.acties for naam in a.uitvoerders}
    return edit_slot(beeld, sorted(wie))


def tell_other_meldingen(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (m.soort for d in list_about(beeld, wereld) for m in d.meldingen))


def quote_all_mededelingen(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    meldingen = [m for d in list_about(beeld, wereld) for m in d.meldingen]
    return edit_slot(beeld, (mededeling.tekst for m in meldingen for mededeling in m.mededelingen))


def print_notes_of_meldingen(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (m.notitie for d in list_about(beeld, wereld) for m in d.meldingen))


def name_who_brought_it(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (inbreng.van for d in list_about(beeld, wereld) for inbreng in d.inbreng))


def count_what_was_brought(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    inbreng = [i for d in list_about(beeld, wereld) for i in d.inbreng]
    return edit_slot(beeld, (f"{sum(len(r.rijen) for i in inbreng for r in i.rubrieken)} rijen",))


def tell_what_became_of_to_dos(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (a.status.value for d in list_about(beeld, wereld) for a in d.afspraken))


def tell_who_heard_before(beeld: Deelbeeld, wereld: Wereld, _: Geheugen) -> Deelbeeld:
    return edit_slot(beeld, (naam for code in list_codes(beeld) for naam in sorted(wereld.eerder[code])))


LEKKEN_TUSSENIN: dict[str, Lek] = {
    "how often the plan came in": count_versions,
    "aims numbered in the whole plan": number_aims_before_the_wall,
    "who acts in rows that are not shown": name_all_who_act,
    "meldingen of other kinds": tell_other_meldingen,
    "mededelingen for others": quote_all_mededelingen,
    "notes of meldingen": print_notes_of_meldingen,
    "who brought something": name_who_brought_it,
    "how much was brought": count_what_was_brought,
    "what became of to-do's": tell_what_became_of_to_dos,
    "who heard of the case before": tell_who_heard_before,
}
