"""A small made-up language, written to a folder the way a translator would hand it in."""

from __future__ import annotations

from pathlib import Path

CODE = "qz"

FILES = {
    f"locales/{CODE}.yml": """
locale: eo
long_date: "d MMMM y"
voice: {say_voice: Made.Up, say_language: qz-QZ, listen_language: qz-QZ, listen_model: default, speech_timeout: "2"}
months: [[janro], [febro], [marro], [aprro], [maikko], [junno], [jullo], [aggo], [seppo], [okko], [novvo], [dekko]]
days_ago: {hodio: 0, hiero: 1}
day_words: [tago]
amounts: {milo: 1000}
""",
    f"helpline/lexicon/{CODE}.yml": """
spelling: {sl: salu}
emergency:
  concepts: {nul: [nul, ne]}
  signs: ["{nul} & spiro", falego]
  topics: [akcido]
  calls: [sendu * ambulo]
  transport: {evacuation: [evakuo], ambulance: [ambulo]}
  alone: [urgo]
  turns: [sedo]
  excuses:
    things: [appo]
    links: [esto]
    jokes: [heho]
    claim: [tikka]
    about: [kovro]
    past: [hiero]
    over: [sano]
    now: [nuno]
    denied: [nenio]
    ordinary: [vorto]
stop: [fino, fino mesagho]
start: [komenco]
cancel: [rezigno]
asking: [demando]
correction: [eraro]
person: {wants: ["(parolo|volo) * homo"], alone: [homo], unless: [doktoro]}
languages: {qz: [qazi, lingvo qazi], en: [angla]}
fillers: [bonvolo, mi]
common: [salu, mi, volo, vidi, karto, mia, bona, tago, kiel, nuno, estas, patro, ne, spiro, homo]
endings: [ojn]
keywords:
  ask_ecard: [karto, mia karto]
  ask_remaining_balance: [resto]
  greet: [salu]
""",
    f"helpline/replies/{CODE}.yml": """
words: {card_active: aktivo, choose: Elekto, unknown: nekono, room_private: privo}
greeting:
  text: "Salu, jen {client}."
utter_greet:
  text: "{greeting} Elekto:"
  buttons:
    - {label: Mia karto, payload: "action:action_show_card"}
    - {label: Homo, payload: "action:action_handover"}
language_changed:
  text: "Bone, ni parolas qazi."
emergency:
  text: "Urgo: {number} NUNO! Kazo {case}. Kie vi estas?"
emergency_place_noted:
  text: "Dankon, kazo {case}. {number}"
handover:
  text: "Homo respondo ci tie. Kazo {case}."
stop_done:
  text: "Neniu mesagho plu. KOMENCO por plu."
start_done:
  text: "Mesaghoj denove."
verify_birth_date:
  text: "Via nasko-tago?"
verify_done:
  text: "Dankon, {name}."
card_shown:
  text: "{name}: karto {card_number}, {status}."
degraded_menu:
  text: "Simple nuno. Elekto:"
  buttons:
    - {label: Mia karto, payload: "action:action_show_card"}
fallback:
  text: "Mi ne komprenas."
voice_language:
  text: "Por qazi, premo {digit}."
voice_ask:
  text: "Kiel mi helpo?"
""",
    f"conversations/ivr/phrases/{CODE}.yml": """
"yes": [jeso]
"no": [nenio]
repeat: [ripeto]
call_back: [revoko]
voicemail: [mesagho]
doctor: [doktoro]
""",
    f"helpline/scores/{CODE}.yml": "fillers: [tre]\nscores: {5: [bonego], 1: [malbono]}\n",
    f"notifications/templates/sign_in_code/sms.{CODE}.txt": "{brand}: via kodo estas {code}, {minutes} minuto\n",
    f"messages/{CODE}.yml": 'not_found: "Ne trovo."\n',
}


def write_language_pack(folder: Path) -> Path:
    """Put the files of the language below ``folder``."""
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content.lstrip("\n"), encoding="utf-8")
    return folder
