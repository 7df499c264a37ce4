<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>SentinelMatch</name>
    <message>
      <location filename="../gui/algorithm_dialog.py"></location>
      <source>The dialog is shown without explanations: {error}</source>
      <translation>Der Dialog wird ohne Erläuterungen gezeigt: {error}</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Which Python environment</source>
      <translation>Welche Python-Umgebung</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Made and kept by the plugin</source>
      <translation>Vom Plugin angelegt und gepflegt</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>One of my own; nothing is installed into it</source>
      <translation>Eine eigene; darin wird nichts installiert</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Looking for Pythons…</source>
      <translation>Suche nach Python …</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Another…</source>
      <translation>Anderes …</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Name a Python 3.11 to 3.14 (64 bit) that was not found.</source>
      <translation>Ein Python 3.11 bis 3.14 (64 Bit) nennen, das nicht gefunden wurde.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Fetch one with uv</source>
      <translation>Eines mit uv holen</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Lets uv, which is on this computer, fetch Python 3.12 (some 30 MB) into the plugin's cache folder.</source>
      <translation>Lässt uv, das auf diesem Rechner ist, Python 3.12 (etwa 30 MB) in den Cache-Ordner des Plugins holen.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Made with</source>
      <translation>Angelegt mit</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Computes on</source>
      <translation>Rechnet auf</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>the library transformers</source>
      <translation>die Bibliothek transformers</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>For SuperPoint, SuperGlue and EfficientLoFTR; the default matcher does not need it.</source>
      <translation>Für SuperPoint, SuperGlue und EfficientLoFTR; der voreingestellte Matcher braucht sie nicht.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Also</source>
      <translation>Auch</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>empty: packages are fetched from the network</source>
      <translation>leer: Pakete werden aus dem Netz geholt</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>To install without a connection: a folder of packages (*.whl), filled on another computer. The help of the algorithm “Engine: check, install, repair” says how.</source>
      <translation>Zum Installieren ohne Verbindung: ein Ordner mit Paketen (*.whl), auf einem anderen Rechner gefüllt. Die Hilfe des Algorithmus „Engine: prüfen, installieren, reparieren“ sagt, wie.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Folder of wheels</source>
      <translation>Ordner mit Wheels</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>The proxy of Settings &gt; Options &gt; Network is used: {host}</source>
      <translation>Der Proxy aus Einstellungen &gt; Optionen &gt; Netzwerk wird benutzt: {host}</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>The system's proxy is used; one of QGIS's own is set under Settings &gt; Options &gt; Network.</source>
      <translation>Der Proxy des Systems wird benutzt; ein eigener von QGIS wird unter Einstellungen &gt; Optionen &gt; Netzwerk gesetzt.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>The Python of an environment (or its folder) with the packages of engine/requirements.txt.</source>
      <translation>Das Python einer Umgebung (oder ihr Ordner) mit den Paketen aus engine/requirements.txt.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Its Python</source>
      <translation>Ihr Python</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>The best one: {python}</source>
      <translation>Das beste: {python}</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>No fitting Python was found.</source>
      <translation>Kein passendes Python wurde gefunden.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Not taken:</source>
      <translation>Nicht genommen:</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>CPU</source>
      <translation>CPU</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Apple GPU and CPU</source>
      <translation>Apple-GPU und CPU</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>CPU, works on every computer</source>
      <translation>CPU, läuft auf jedem Rechner</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>CUDA, for NVIDIA cards</source>
      <translation>CUDA, für NVIDIA-Karten</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>about {size} to fetch</source>
      <translation>etwa {size} zu holen</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>some GB to fetch</source>
      <translation>einige GB zu holen</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>No driver for NVIDIA cards was found on this computer.</source>
      <translation>Auf diesem Rechner wurde kein Treiber für NVIDIA-Karten gefunden.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Found: {card}, but {problem}.</source>
      <translation>Gefunden: {card}, aber {problem}.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Found: {card}. The CUDA build can use it.</source>
      <translation>Gefunden: {card}. Die CUDA-Fassung kann sie benutzen.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>A Python 3.11 to 3.14 (64 bit)</source>
      <translation>Ein Python 3.11 bis 3.14 (64 Bit)</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Only points at least as sure as this (0: all)</source>
      <translation>Nur Punkte, die mindestens so sicher sind (0: alle)</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Only points at least as near to the fitted model as this</source>
      <translation>Nur Punkte, die dem angepassten Modell mindestens so nahe liegen</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>any</source>
      <translation>alle</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source> px</source>
      <translation> px</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>all points</source>
      <translation>alle Punkte</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>inliers</source>
      <translation>Inlier</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>outliers</source>
      <translation>Ausreißer</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Show</source>
      <translation>Zeigen</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>score from</source>
      <translation>Güte ab</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>residual up to</source>
      <translation>Residuum bis</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>px</source>
      <translation>px</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>by hand</source>
      <translation>von Hand</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>outlier</source>
      <translation>Ausreißer</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Residual, the distance from the fitted model:</source>
      <translation>Residuum, der Abstand vom angepassten Modell:</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Linked: each canvas goes where the other one goes</source>
      <translation>Verbunden: jede Karte folgt der anderen</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Show all points</source>
      <translation>Alle Punkte zeigen</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>The point before it (PgUp)</source>
      <translation>Der Punkt davor (Bild auf)</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>The next worse one: by residual, the worst first</source>
      <translation>Der nächstschlechtere: nach Residuum, der schlechteste zuerst</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Set a pair by hand: click the same spot on both rasters, in any order (Esc ends)</source>
      <translation>Ein Paar von Hand setzen: dieselbe Stelle auf beiden Rastern anklicken, in beliebiger Reihenfolge (Esc beendet)</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Add pair</source>
      <translation>Paar hinzufügen</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Delete the selected points (Del)</source>
      <translation>Die gewählten Punkte löschen (Entf)</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Delete all points that the filter does not show</source>
      <translation>Alle Punkte löschen, die der Filter nicht zeigt</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Delete hidden</source>
      <translation>Verborgene löschen</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Selected points: outliers are not used, inliers are; this turns one into the other</source>
      <translation>Gewählte Punkte: Ausreißer werden nicht benutzt, Inlier ja; dies macht das eine zum anderen</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Inlier / outlier</source>
      <translation>Inlier / Ausreißer</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Undo the last edit</source>
      <translation>Die letzte Änderung rückgängig machen</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Save the edits into the layer</source>
      <translation>Die Änderungen im Layer speichern</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Discard</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Discard all edits since the last save</source>
      <translation>Alle Änderungen seit dem letzten Speichern verwerfen</translation>
    </message>
    <message>
      <location filename="../gui/editing.py"></location>
      <source>{count} points deleted; not saved yet.</source>
      <translation>{count} Punkte gelöscht; noch nicht gespeichert.</translation>
    </message>
    <message>
      <location filename="../gui/editing.py"></location>
      <source>{layer} is saved.</source>
      <translation>{layer} ist gespeichert.</translation>
    </message>
    <message>
      <location filename="../gui/editing.py"></location>
      <source>Discard all edits of {layer} since the last save?</source>
      <translation>Alle Änderungen an {layer} seit dem letzten Speichern verwerfen?</translation>
    </message>
    <message>
      <location filename="../gui/editing.py"></location>
      <source>Match viewer</source>
      <translation>Match-Betrachter</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>Engine and settings…</source>
      <translation>Engine und Einstellungen …</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>Sentinel Match</source>
      <translation>Sentinel Match</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>Before it can match, its engine has to be installed once.</source>
      <translation>Bevor es zuordnen kann, muss einmal seine Engine installiert werden.</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>The plugin was updated, and its engine has to be updated too.</source>
      <translation>Das Plugin wurde aktualisiert; auch seine Engine muss aktualisiert werden.</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>Its engine cannot be used and has to be looked after.</source>
      <translation>Seine Engine ist nicht benutzbar und muss überprüft werden.</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>Set up the engine…</source>
      <translation>Engine einrichten …</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>Show…</source>
      <translation>Zeigen …</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>The engine is installed: the algorithms can be run now.</source>
      <translation>Die Engine ist installiert: die Algorithmen können jetzt laufen.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Engine</source>
      <translation>Engine</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Install</source>
      <translation>Installieren</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Repair</source>
      <translation>Reparieren</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Check and test devices</source>
      <translation>Prüfen und Geräte testen</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Stop</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Makes the environment anew; the old one stays until the new one works.</source>
      <translation>Legt die Umgebung neu an; die alte bleibt, bis die neue funktioniert.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Imports every package and computes on every device. Takes some seconds.</source>
      <translation>Importiert jedes Paket und rechnet auf jedem Gerät. Dauert einige Sekunden.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Stopping…</source>
      <translation>Wird angehalten …</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Name the Python of your environment below.</source>
      <translation>Unten das Python der eigenen Umgebung nennen.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Update</source>
      <translation>Aktualisieren</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Install what was chosen</source>
      <translation>Das Gewählte installieren</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>The engine is being installed. This dialog may be closed meanwhile.</source>
      <translation>Die Engine wird installiert. Dieser Dialog darf inzwischen geschlossen werden.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>The engine is installed.</source>
      <translation>Die Engine ist installiert.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Your own environment is used.</source>
      <translation>Die eigene Umgebung wird benutzt.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>The engine is not installed yet. Matching needs it: choose below what it computes on, then press Install. This is done once.</source>
      <translation>Die Engine ist noch nicht installiert. Das Zuordnen braucht sie: unten wählen, worauf sie rechnet, dann „Installieren“ drücken. Das geschieht einmal.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>The plugin was updated and needs other versions of the engine's packages: press Update.</source>
      <translation>Das Plugin wurde aktualisiert und braucht andere Versionen der Pakete der Engine: „Aktualisieren“ drücken.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>The engine cannot be used.</source>
      <translation>Die Engine kann nicht benutzt werden.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Python: {python}</source>
      <translation>Python: {python}</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>The environment variable SENTINEL_MATCH_PYTHON names it; what is made here is not used.</source>
      <translation>Die Umgebungsvariable SENTINEL_MATCH_PYTHON nennt es; was hier angelegt wird, wird nicht benutzt.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Made {date} with {base}</source>
      <translation>Angelegt am {date} mit {base}</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Testing the engine of Sentinel Match</source>
      <translation>Die Engine von Sentinel Match wird getestet</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Installing the engine of Sentinel Match</source>
      <translation>Die Engine von Sentinel Match wird installiert</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Repairing the engine of Sentinel Match</source>
      <translation>Die Engine von Sentinel Match wird repariert</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Fetching a Python for Sentinel Match</source>
      <translation>Ein Python für Sentinel Match wird geholt</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Cancelled. What was there before is as it was.</source>
      <translation>Abgebrochen. Was vorher da war, ist, wie es war.</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Starting the engine's Python and loading its libraries</source>
      <translation>Das Python der Engine wird gestartet und lädt seine Bibliotheken</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Testing the devices</source>
      <translation>Die Geräte werden getestet</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>A layer of tie points, as Match rasters writes them</source>
      <translation>Ein Layer mit Verknüpfungspunkten, wie „Raster zuordnen“ ihn schreibt</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>The raster that the points lie on</source>
      <translation>Das Raster, auf dem die Punkte liegen</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>The raster that tgt_x and tgt_y point into</source>
      <translation>Das Raster, in das tgt_x und tgt_y zeigen</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Reference</source>
      <translation>Referenz</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Target</source>
      <translation>Ziel</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Warp …</source>
      <translation>Entzerren …</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Warp the target with the points as they are now: opens the dialog, filled in</source>
      <translation>Das Ziel mit den Punkten entzerren, wie sie jetzt sind: öffnet den ausgefüllten Dialog</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Tie points</source>
      <translation>Verknüpfungspunkte</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>reference</source>
      <translation>Referenz</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>target</source>
      <translation>Ziel</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>{title} ({where})</source>
      <translation>{title} ({where})</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>{layer} does not say where its {missing} is, or it is not there: choose it above the canvas.</source>
      <translation>{layer} sagt nicht, wo {missing} liegt, oder dort ist nichts: oberhalb der Karte wählen.</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source> and </source>
      <translation> und </translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>{shown} of {count} points</source>
      <translation>{shown} von {count} Punkten</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Click a spot that you recognise, on either raster.</source>
      <translation>Auf einem der Raster eine Stelle anklicken, die man wiedererkennt.</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Now click the same spot on the {other}: it is expected in the circle.</source>
      <translation>Jetzt dieselbe Stelle auf dem anderen anklicken ({other}): sie wird im Kreis erwartet.</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>{count} points selected</source>
      <translation>{count} Punkte gewählt</translation>
    </message>
    <message>
      <location filename="../gui/options_page.py"></location>
      <source>Weights of matchers</source>
      <translation>Gewichte der Matcher</translation>
    </message>
    <message>
      <location filename="../gui/options_page.py"></location>
      <source>Where the weights of networks lie. Empty: a folder in your user's data.</source>
      <translation>Wo die Gewichte der Netze liegen. Leer: ein Ordner in den Benutzerdaten.</translation>
    </message>
    <message>
      <location filename="../gui/options_page.py"></location>
      <source>Weights are fetched, imported and removed by the algorithm “Weights of matchers” in the Toolbox. Nothing is downloaded by itself; the default matcher needs none.</source>
      <translation>Gewichte holt, importiert und entfernt der Algorithmus „Gewichte der Matcher“ in der Werkzeugkiste. Nichts wird von selbst heruntergeladen; der voreingestellte Matcher braucht keine.</translation>
    </message>
    <message>
      <location filename="../gui/point_text.py"></location>
      <source>Point {number:g}</source>
      <translation>Punkt {number:g}</translation>
    </message>
    <message>
      <location filename="../gui/point_text.py"></location>
      <source>score {score:.2f}</source>
      <translation>Güte {score:.2f}</translation>
    </message>
    <message>
      <location filename="../gui/point_text.py"></location>
      <source>residual {residual:.2f} px</source>
      <translation>Residuum {residual:.2f} px</translation>
    </message>
    <message>
      <location filename="../gui/point_text.py"></location>
      <source>shift {dx:+.5g}, {dy:+.5g} {unit}</source>
      <translation>Verschiebung {dx:+.5g}, {dy:+.5g} {unit}</translation>
    </message>
    <message>
      <location filename="../gui/point_text.py"></location>
      <source>inlier</source>
      <translation>Inlier</translation>
    </message>
    <message>
      <location filename="../gui/point_text.py"></location>
      <source>used</source>
      <translation>benutzt</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>Left (or top) of the line on the map</source>
      <translation>Links (oder oberhalb) der Linie auf der Karte</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>Right (or bottom) of the line on the map</source>
      <translation>Rechts (oder unterhalb) der Linie auf der Karte</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>Swipe on the map</source>
      <translation>Wischvergleich auf der Karte</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>Show both layers on the main map with a line between them, and drag the line</source>
      <translation>Beide Layer auf der Hauptkarte mit einer Linie dazwischen zeigen, die sich ziehen lässt</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>Exchange the two sides</source>
      <translation>Die beiden Seiten tauschen</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>A line that lies instead of one that stands</source>
      <translation>Eine liegende Linie statt einer stehenden</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>left</source>
      <translation>links</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>right</source>
      <translation>rechts</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>Choose two rasters of the project to swipe between, one for each side.</source>
      <translation>Zwei Raster des Projekts für den Vergleich wählen, eines für jede Seite.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>Add a tie point by hand</source>
      <translation>Einen Verknüpfungspunkt von Hand hinzufügen</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>The pair could not be added to {layer}.</source>
      <translation>Das Paar konnte {layer} nicht hinzugefügt werden.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>Delete {count} tie points</source>
      <translation>{count} Verknüpfungspunkte löschen</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>The points could not be deleted from {layer}.</source>
      <translation>Die Punkte konnten nicht aus {layer} gelöscht werden.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{layer} has no field inlier.</source>
      <translation>{layer} hat kein Feld inlier.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>Do not use {count} tie points</source>
      <translation>{count} Verknüpfungspunkte nicht benutzen</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>Use {count} tie points</source>
      <translation>{count} Verknüpfungspunkte benutzen</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{layer} could not be changed.</source>
      <translation>{layer} konnte nicht geändert werden.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source> The file as it was: {files}.</source>
      <translation> Die Datei, wie sie war: {files}.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{layer} could not be saved: {reasons}. Your edits are not lost: they are still in the layer, and can be saved again or copied to another file (Export &gt; Save Features As).{kept}</source>
      <translation>{layer} konnte nicht gespeichert werden: {reasons}. Die Änderungen sind nicht verloren: sie sind noch im Layer und können noch einmal gespeichert oder in eine andere Datei kopiert werden (Export &gt; Objekte speichern als).{kept}</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>The layer's history could not be written: {error}.</source>
      <translation>Die Entstehung des Layers konnte nicht geschrieben werden: {error}.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{layer} cannot be edited where it is ({source}): save it as GeoPackage first (Export &gt; Save Features As), and open that.</source>
      <translation>{layer} kann dort, wo er liegt ({source}), nicht bearbeitet werden: erst als GeoPackage speichern (Export &gt; Objekte speichern als) und das öffnen.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{layer} cannot be edited now.</source>
      <translation>{layer} kann jetzt nicht bearbeitet werden.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{layer} was not saved: there is no room for a safety copy beside it ({reason}).</source>
      <translation>{layer} wurde nicht gespeichert: daneben ist kein Platz für eine Sicherheitskopie ({reason}).</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{count} points added</source>
      <translation>{count} Punkte hinzugefügt</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{count} points changed</source>
      <translation>{count} Punkte geändert</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{count} points deleted</source>
      <translation>{count} Punkte gelöscht</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{time}: edited in the Match viewer: {edits}.</source>
      <translation>{time}: im Match-Betrachter bearbeitet: {edits}.</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>Match viewer: tie points on both rasters, to look at and to edit</source>
      <translation>Match-Betrachter: Verknüpfungspunkte auf beiden Rastern, zum Ansehen und Bearbeiten</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>Open in the Match viewer</source>
      <translation>Im Match-Betrachter öffnen</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>Matched</source>
      <translation>Zugeordnet</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>Low confidence</source>
      <translation>Unsicher</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>No match</source>
      <translation>Keine Zuordnung</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>Report</source>
      <translation>Bericht</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>The tie points {place} are not there any more.</source>
      <translation>Die Verknüpfungspunkte {place} sind nicht mehr da.</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>Basemap (WMS, WMTS, XYZ or any raster)</source>
      <translation>Hintergrundkarte (WMS, WMTS, XYZ oder ein beliebiges Raster)</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>Basemap as reference</source>
      <translation>Hintergrundkarte als Referenz</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>How far the images may lie off. A smaller value is faster and surer.</source>
      <translation>Wie weit die Bilder auseinanderliegen dürfen. Ein kleinerer Wert ist schneller und sicherer.</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>Moves a raster to where a basemap shows the same ground: matches the two, keeps the sure tie points, and warps the raster on a grid of its own CRS and pixel size.</source>
      <translation>Bringt ein Raster dorthin, wo eine Hintergrundkarte dasselbe Gelände zeigt: ordnet beide einander zu, behält die sicheren Verknüpfungspunkte und entzerrt das Raster auf ein Gitter in seinem eigenen KBS und mit seiner eigenen Pixelgröße.</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>Raster moved onto the basemap</source>
      <translation>Auf die Hintergrundkarte verschobenes Raster</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>Raster to move</source>
      <translation>Zu verschiebendes Raster</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>The raster does not match the basemap; nothing was moved.</source>
      <translation>Das Raster passt nicht zur Hintergrundkarte; nichts wurde verschoben.</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>The raster that lies off.</source>
      <translation>Das Raster, das falsch liegt.</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>Tie points that were used</source>
      <translation>Benutzte Verknüpfungspunkte</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>What counts as right. A service is rendered over the raster, at its pixel size. Mind its terms of use, and that a basemap has an error of its own, often several metres.</source>
      <translation>Was als richtig gilt. Ein Dienst wird über dem Raster mit dessen Pixelgröße gezeichnet. Seine Nutzungsbedingungen beachten, und dass eine Hintergrundkarte selbst einen Fehler hat, oft mehrere Meter.</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Brings the image after onto the image before, stacks the NDVI of both and subtracts them. Without the first step every field border shows as a change. Where the two do not match it stops and says so.</source>
      <translation>Bringt das spätere Bild auf das frühere, stapelt den NDVI beider und zieht sie voneinander ab. Ohne den ersten Schritt zeigt sich jede Feldgrenze als Veränderung. Wo die beiden nicht zusammenpassen, hält es an und sagt es.</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Image after</source>
      <translation>Späteres Bild</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Image after on the image before</source>
      <translation>Späteres Bild auf dem früheren</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Image before</source>
      <translation>Früheres Bild</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Is brought onto the pixel grid of the image before.</source>
      <translation>Wird auf das Pixelgitter des früheren Bildes gebracht.</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>NDVI before and after</source>
      <translation>NDVI vorher und nachher</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>NDVI difference of two dates</source>
      <translation>NDVI-Differenz zweier Termine</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>NDVI difference, after less before</source>
      <translation>NDVI-Differenz, nachher minus vorher</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Near infrared band of the image after</source>
      <translation>Kanal nahes Infrarot des späteren Bildes</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Near infrared band of the image before</source>
      <translation>Kanal nahes Infrarot des früheren Bildes</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Red band of the image after</source>
      <translation>Kanal Rot des späteren Bildes</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Red band of the image before</source>
      <translation>Kanal Rot des früheren Bildes</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Sentinel-2: B04 is red, B08 near infrared.</source>
      <translation>Sentinel-2: B04 ist Rot, B08 nahes Infrarot.</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>The reference; it stays put.</source>
      <translation>Die Referenz; sie bleibt, wo sie ist.</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>The two images do not match, so there is no difference that means anything.</source>
      <translation>Die beiden Bilder passen nicht zusammen; eine Differenz würde nichts bedeuten.</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>A raster to bring onto the reference.</source>
      <translation>Ein Raster, das auf die Referenz gebracht wird.</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Brings up to four dates of one place onto the pixel grid of one reference, each on its own, so that an error of one is not passed on to the next. For more dates run Co-register raster as a batch.</source>
      <translation>Bringt bis zu vier Termine eines Ortes auf das Pixelgitter einer Referenz, jeden für sich, damit der Fehler des einen nicht an den nächsten weitergegeben wird. Für mehr Termine „Raster koregistrieren“ als Stapel ausführen.</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 1</source>
      <translation>Termin 1</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 1 on the reference</source>
      <translation>Termin 1 auf der Referenz</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 2</source>
      <translation>Termin 2</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 2 on the reference</source>
      <translation>Termin 2 auf der Referenz</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 3</source>
      <translation>Termin 3</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 3 on the reference</source>
      <translation>Termin 3 auf der Referenz</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 4</source>
      <translation>Termin 4</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 4 on the reference</source>
      <translation>Termin 4 auf der Referenz</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>The date that counts as right; it stays put.</source>
      <translation>Der Termin, der als richtig gilt; er bleibt, wo er ist.</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Time series onto one reference</source>
      <translation>Zeitreihe auf eine Referenz</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Build training set</source>
      <translation>Trainingsdatensatz erstellen</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Co-register raster</source>
      <translation>Raster koregistrieren</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Compare matchers</source>
      <translation>Matcher vergleichen</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Compare scenes</source>
      <translation>Szenen vergleichen</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Detect keypoints</source>
      <translation>Merkmalspunkte finden</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Engine: check, install, repair</source>
      <translation>Engine: prüfen, installieren, reparieren</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Match rasters</source>
      <translation>Raster zuordnen</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Prepare Sentinel-2 product</source>
      <translation>Sentinel-2-Produkt aufbereiten</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Train matcher</source>
      <translation>Matcher trainieren</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Warp raster by tie points</source>
      <translation>Raster mit Verknüpfungspunkten entzerren</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Co-registration</source>
      <translation>Koregistrierung</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Matchers and their weights</source>
      <translation>Matcher und ihre Gewichte</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Scenes and products</source>
      <translation>Szenen und Produkte</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>compare,assess,evaluate,benchmark,matcher,precision,sensitivity,ransac,tie points,sift,loftr,superglue</source>
      <translation>vergleichen,bewerten,benchmark,matcher,genauigkeit,sensitivität,ransac,verknüpfungspunkte,sift,loftr,superglue</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>compare,scenes,similarity,matrix,all pairs,same place,duplicates,time series,heat map,tie points,season</source>
      <translation>vergleichen,szenen,ähnlichkeit,matrix,alle paare,gleicher ort,dubletten,zeitreihe,heatmap,verknüpfungspunkte,jahreszeit</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>coregister,co-registration,registration,align,warp,match,tie points,shift,georeference,sentinel-2,season,snow</source>
      <translation>koregistrieren,koregistrierung,registrierung,ausrichten,entzerren,zuordnen,verknüpfungspunkte,verschiebung,georeferenzieren,sentinel-2,jahreszeit,schnee</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>engine,environment,install,repair,setup,set-up,python,torch,cuda,gpu,device,test,tie points</source>
      <translation>engine,umgebung,installieren,reparieren,einrichten,python,torch,cuda,gpu,gerät,test,verknüpfungspunkte</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>keypoints,features,detector,sift,akaze,orb,aliked,disk,xfeat,superpoint,corners,blobs,tie points</source>
      <translation>merkmalspunkte,merkmale,detektor,sift,akaze,orb,aliked,disk,xfeat,superpoint,ecken,verknüpfungspunkte</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>match,tie points,gcp,displacement,shift,registration,coregistration,accuracy,sentinel-2,season,snow,rmse,ce90</source>
      <translation>zuordnen,verknüpfungspunkte,passpunkte,gcp,verschiebung,registrierung,koregistrierung,genauigkeit,sentinel-2,jahreszeit,schnee,rmse,ce90</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>models,weights,download,network,loftr,aliked,disk,xfeat,dedode,lightglue,superglue,superpoint,tie points</source>
      <translation>modelle,gewichte,herunterladen,netz,loftr,aliked,disk,xfeat,dedode,lightglue,superglue,superpoint,verknüpfungspunkte</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>sentinel-2,safe,l1c,l2a,bands,stack,cloud mask,scl,reflectance,resample,clip,product,zip,tie points</source>
      <translation>sentinel-2,safe,l1c,l2a,kanäle,stapel,wolkenmaske,scl,reflexionsgrad,resampling,zuschneiden,produkt,zip,verknüpfungspunkte</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>train,training,fine-tune,network,deep learning,weights,seasonal,superglue,lightglue,loftr,tie points</source>
      <translation>trainieren,training,feinabstimmung,netz,deep learning,gewichte,seasonal,superglue,lightglue,loftr,verknüpfungspunkte</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>training set,data set,tiles,patches,deep learning,network,dates,season,time series,split,tie points</source>
      <translation>trainingsdatensatz,datensatz,kacheln,ausschnitte,deep learning,netz,termine,jahreszeit,zeitreihe,aufteilung,verknüpfungspunkte</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>warp,tie points,gcp,rubber sheet,georeference,resample,thin plate spline,polynomial,coregistration</source>
      <translation>entzerren,verknüpfungspunkte,passpunkte,gcp,georeferenzieren,resampling,thin plate spline,polynom,koregistrierung</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Compares all pairs of many scenes and says which of them show the same place.</source>
      <translation>Vergleicht alle Paare vieler Szenen und sagt, welche denselben Ort zeigen.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Cuts co-registered dates of places into tiles that a matcher can be trained on.</source>
      <translation>Schneidet koregistrierte Termine von Orten in Kacheln, mit denen ein Matcher trainiert werden kann.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Finds keypoints in one raster, spread over it, as points with response, scale and angle.</source>
      <translation>Findet Merkmalspunkte in einem Raster, darüber verteilt, als Punkte mit Stärke, Skala und Winkel.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Finds tie points between two rasters of one place, from any dates, seasons or sensors.</source>
      <translation>Findet Verknüpfungspunkte zwischen zwei Rastern eines Ortes, gleich von welchem Termin, aus welcher Jahreszeit oder von welchem Sensor.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Fits a transformation to tie points and warps a raster with it.</source>
      <translation>Passt eine Transformation an Verknüpfungspunkte an und entzerrt damit ein Raster.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Lists, downloads, imports and removes the weights of the matchers that are networks.</source>
      <translation>Listet die Gewichte der Matcher, die Netze sind, lädt sie herunter, importiert und entfernt sie.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Makes one GeoTIFF of the bands of a Sentinel-2 product: in reflectance, without clouds, cut out.</source>
      <translation>Macht aus den Kanälen eines Sentinel-2-Produkts ein GeoTIFF: als Reflexionsgrad, ohne Wolken, zugeschnitten.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Makes the Python environment that the matching runs in, and says whether it works.</source>
      <translation>Legt die Python-Umgebung an, in der das Zuordnen läuft, und sagt, ob sie funktioniert.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Matches the target with the reference and warps it onto the reference's pixel grid.</source>
      <translation>Ordnet das Ziel der Referenz zu und entzerrt es auf deren Pixelgitter.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Runs several matchers on a pair of rasters, or on many pairs, and counts how many matches are right.</source>
      <translation>Wendet mehrere Matcher auf ein Rasterpaar oder auf viele Paare an und zählt, wie viele Zuordnungen richtig sind.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Trains a matcher on a training set, and says whether it became better on places that it never saw.</source>
      <translation>Trainiert einen Matcher mit einem Trainingsdatensatz und sagt, ob er an nie gesehenen Orten besser wurde.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>A file could not be read or written: {reason}{where}.</source>
      <translation>Eine Datei konnte nicht gelesen oder geschrieben werden: {reason}{where}.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Something went wrong inside Sentinel Match ({kind}: {error}). Please report it with the log above.</source>
      <translation>In Sentinel Match ging etwas schief ({kind}: {error}). Bitte zusammen mit dem Protokoll oben melden.</translation>
    </message>
    <message>
      <location filename="../processing/areas.py"></location>
      <source>&lt;the selected features of {layer}, saved as a file&gt;</source>
      <translation>&lt;die gewählten Objekte von {layer}, als Datei gespeichert&gt;</translation>
    </message>
    <message>
      <location filename="../processing/areas.py"></location>
      <source>AREA: {name} has no CRS, so nobody knows where its polygons lie: assign one to the layer.</source>
      <translation>AREA: {name} hat kein KBS, niemand weiß also, wo seine Polygone liegen: dem Layer eines zuweisen.</translation>
    </message>
    <message>
      <location filename="../processing/areas.py"></location>
      <source>The job was cancelled.</source>
      <translation>Der Auftrag wurde abgebrochen.</translation>
    </message>
    <message>
      <location filename="../processing/areas.py"></location>
      <source>AREA: {name} has no polygon with an area (none at all, none selected, or only empty ones).</source>
      <translation>AREA: {name} hat keine Polygone mit Fläche (gar keine, keine gewählten oder nur leere).</translation>
    </message>
    <message>
      <location filename="../processing/areas.py"></location>
      <source>AREA: {count} invalid polygons (crossing themselves) of {name} were made valid.</source>
      <translation>AREA: {count} ungültige Polygone (die sich selbst schneiden) von {name} wurden gültig gemacht.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>The raster whose pieces are looked for. Leave both rasters empty for a folder of pairs.</source>
      <translation>Das Raster, dessen Stücke gesucht werden. Für einen Ordner mit Paaren beide Raster leer lassen.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Reference raster</source>
      <translation>Referenzraster</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>The raster in which they are to be found.</source>
      <translation>Das Raster, in dem sie gefunden werden sollen.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Target raster</source>
      <translation>Zielraster</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Only this part of the reference is matched and judged. Any CRS. Not for a folder of pairs.</source>
      <translation>Nur dieser Teil der Referenz wird zugeordnet und beurteilt. Beliebiges KBS. Nicht für einen Ordner mit Paaren.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Reference band</source>
      <translation>Referenzkanal</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Target band</source>
      <translation>Zielkanal</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Options of the matchers</source>
      <translation>Optionen der Matcher</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>name=value, with spaces between: refine=yes is for all of the matchers that have this option, loftr.weights=indoor for one alone. The help of Match rasters has a table of them.</source>
      <translation>Name=Wert, mit Leerzeichen dazwischen: refine=yes gilt für alle Matcher, die diese Option haben, loftr.weights=indoor nur für einen. Die Hilfe von „Raster zuordnen“ hat eine Tabelle davon.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>As many as you like; on the command line, names separated by commas. One that cannot run, because its weights are missing or the rasters have no CRS, is a row of the table that says what to do.</source>
      <translation>Beliebig viele; auf der Befehlszeile Namen mit Kommas dazwischen. Einer, der nicht laufen kann, weil seine Gewichte fehlen oder die Raster kein KBS haben, steht als Zeile in der Tabelle, die sagt, was zu tun ist.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Matchers</source>
      <translation>Matcher</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Thresholds (reference pixels)</source>
      <translation>Schwellen (Referenzpixel)</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>How far from its place a match may lie and count as right; numbers with commas between.</source>
      <translation>Wie weit von ihrem Platz eine Zuordnung liegen und als richtig gelten darf; Zahlen mit Kommas dazwischen.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>All files (*)</source>
      <translation>Alle Dateien (*)</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Known warp</source>
      <translation>Bekannte Verzerrung</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>What is true. Left empty, or none: nothing is known, and the share of the matches that agree with one homography (RANSAC) is counted, a weaker claim. identity: the pair is already registered. Or a file: a matrix of 2 x 3 or 3 x 3 numbers (JSON or CSV) that takes reference pixels to target pixels; a raster of the reference's size whose bands say how far right and down each pixel moved; a season pair's truth.json.</source>
      <translation>Was wahr ist. Leer oder none: nichts ist bekannt, und gezählt wird der Anteil der Zuordnungen, die zu einer gemeinsamen Homographie passen (RANSAC), eine schwächere Aussage. identity: das Paar ist schon koregistriert. Oder eine Datei: eine Matrix aus 2 x 3 oder 3 x 3 Zahlen (JSON oder CSV), die Referenzpixel zu Zielpixeln führt; ein Raster in der Größe der Referenz, dessen Kanäle sagen, wie weit jedes Pixel nach rechts und unten verschoben ist; die truth.json eines Jahreszeitenpaars.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Folder of pairs</source>
      <translation>Ordner mit Paaren</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>In place of the two rasters: a folder of folders, each with reference.tif, target.tif and truth.json. The shares then come with 95 % intervals over the pairs.</source>
      <translation>Anstelle der beiden Raster: ein Ordner mit Ordnern, jeder mit reference.tif, target.tif und truth.json. Die Anteile haben dann 95-%-Intervalle über die Paare.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Georeferencing</source>
      <translation>Georeferenzierung</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>use: as the rasters have it. ignore: hidden from the matchers, as if it were not known.</source>
      <translation>use: wie die Raster sie haben. ignore: vor den Matchern verborgen, als wäre sie nicht bekannt.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Comparison of matchers</source>
      <translation>Vergleich der Matcher</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Two rows a matcher: its matches as found, and the tie points kept after outliers were rejected.</source>
      <translation>Zwei Zeilen je Matcher: seine Zuordnungen, wie er sie fand, und die Verknüpfungspunkte, die nach dem Verwerfen der Ausreißer bleiben.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Sensitivity curves</source>
      <translation>Sensitivitätskurven</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>PNG files (*.png)</source>
      <translation>PNG-Dateien (*.png)</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Which share of the matches is right, by how strictly one asks.</source>
      <translation>Welcher Anteil der Zuordnungen richtig ist, je nachdem, wie streng man fragt.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>HTML files (*.html)</source>
      <translation>HTML-Dateien (*.html)</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>The table, the curves, and what the figures mean, in one file.</source>
      <translation>Die Tabelle, die Kurven und was die Zahlen bedeuten, in einer Datei.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Number of pairs</source>
      <translation>Anzahl der Paare</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>What was taken for the truth</source>
      <translation>Was als Wahrheit galt</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Messages</source>
      <translation>Meldungen</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>PAIRS: the folder {folder} does not exist.</source>
      <translation>PAIRS: den Ordner {folder} gibt es nicht.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>PAIRS: give a reference and a target, or a folder of pairs, not both.</source>
      <translation>PAIRS: entweder Referenz und Ziel angeben oder einen Ordner mit Paaren, nicht beides.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>REFERENCE, TARGET: two rasters are needed, or a folder of pairs (PAIRS).</source>
      <translation>REFERENCE, TARGET: zwei Raster werden gebraucht oder ein Ordner mit Paaren (PAIRS).</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>{name}: only for two rasters whose georeferencing is used; leave it empty.</source>
      <translation>{name}: nur für zwei Raster, deren Georeferenzierung benutzt wird; leer lassen.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>KNOWN_WARP: “{warp}” is neither none nor identity, and there is no such file.</source>
      <translation>KNOWN_WARP: „{warp}“ ist weder none noch identity, und eine solche Datei gibt es nicht.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>MATCHERS: none was chosen; name at least one of {options}.</source>
      <translation>MATCHERS: keiner wurde gewählt; mindestens einen von {options} nennen.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>MATCHERS: “{name}” is not one of {options}.</source>
      <translation>MATCHERS: „{name}“ ist keiner von {options}.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Scenes (rasters, products, folders)</source>
      <translation>Szenen (Raster, Produkte, Ordner)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Dates that lie on one pixel grid: rasters, Sentinel-2 products (zip or MTD file), or folders of any of these, one for each place or one for all. The help says which layouts are known.</source>
      <translation>Termine auf einem Pixelgitter: Raster, Sentinel-2-Produkte (zip oder MTD-Datei) oder Ordner davon, einer für jeden Ort oder einer für alle. Die Hilfe sagt, welche Anordnungen bekannt sind.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Folder of scenes</source>
      <translation>Ordner mit Szenen</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>A folder of places or of dates, besides the scenes named above.</source>
      <translation>Ein Ordner mit Orten oder Terminen, außer den oben genannten Szenen.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Tile size (pixels)</source>
      <translation>Kachelgröße (Pixel)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Width and height of a tile. Places smaller than a tile are left out.</source>
      <translation>Breite und Höhe einer Kachel. Orte, die kleiner als eine Kachel sind, werden ausgelassen.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Stride (pixels from tile to tile)</source>
      <translation>Schrittweite (Pixel von Kachel zu Kachel)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Less than the tile size: tiles overlap. What is left over at the right and below has tiles too.</source>
      <translation>Weniger als die Kachelgröße: die Kacheln überlappen. Was rechts und unten übrig bleibt, bekommt auch Kacheln.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Polygons outside of which nothing is used, in any CRS: a layer, its selected features, or a file. A GeoJSON file that names no CRS is in longitude and latitude.</source>
      <translation>Polygone, außerhalb derer nichts benutzt wird, in beliebigem KBS: ein Layer, seine gewählten Objekte oder eine Datei. Eine GeoJSON-Datei, die kein KBS nennt, ist in Länge und Breite.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Radiometry</source>
      <translation>Radiometrie</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>threshold: reflectance up to a threshold, one with and one without snow. percentile: the 1st to the 99th percentile of each band. as_is: 8 bits as they are. auto: as_is for 8 bits, threshold for reflectances, else percentile.</source>
      <translation>threshold: Reflexionsgrad bis zu einer Schwelle, einer mit und einer ohne Schnee. percentile: 1. bis 99. Perzentil jedes Kanals. as_is: 8 Bit, wie sie sind. auto: as_is bei 8 Bit, threshold bei Reflexionsgraden, sonst percentile.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Threshold with snow (reflectance times 10000)</source>
      <translation>Schwelle mit Schnee (Reflexionsgrad mal 10000)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>What is saturated in dates in which snow covers much: fields stay dark, snow keeps its texture.</source>
      <translation>Was an Terminen gesättigt ist, an denen viel Schnee liegt: Felder bleiben dunkel, Schnee behält seine Zeichnung.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Threshold without snow (reflectance times 10000)</source>
      <translation>Schwelle ohne Schnee (Reflexionsgrad mal 10000)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>What is saturated in all other dates.</source>
      <translation>Was an allen anderen Terminen gesättigt ist.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Seasons, where the measure is wrong</source>
      <translation>Jahreszeiten, wo die automatische Erkennung irrt</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>For example 2018-02-07=winter T36UUA/summer_prev=summer image_4=none. Left empty, names, scene classes, brightness and the month decide; the log says how.</source>
      <translation>Zum Beispiel 2018-02-07=winter T36UUA/summer_prev=summer image_4=none. Leer: Namen, Szenenklassen, Helligkeit und der Monat entscheiden; das Protokoll sagt, wie.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Leave clouds out</source>
      <translation>Wolken auslassen</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>By the cloud mask of a product (SCL). Other dates without snow: what is white in them and in no other such date.</source>
      <translation>Nach der Wolkenmaske eines Produkts (SCL). Andere Termine ohne Schnee: was in ihnen weiß ist und in keinem anderen solchen Termin.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Most cloud and nodata in a tile (share, 0 to 1)</source>
      <translation>Höchstens so viel Wolken und Nodata in einer Kachel (Anteil, 0 bis 1)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>A tile is rejected in the dates in which it has more. It needs two dates to be kept.</source>
      <translation>Eine Kachel wird an den Terminen verworfen, an denen sie mehr hat. Sie braucht zwei Termine, um zu bleiben.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Places to validate on</source>
      <translation>Orte zum Validieren</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Names with commas between. Left empty, a share of the places is drawn by the seed; the log says which.</source>
      <translation>Namen mit Kommas dazwischen. Leer: ein Anteil der Orte wird mit dem Startwert gezogen; das Protokoll sagt, welche.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Places to test on</source>
      <translation>Orte zum Testen</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Names with commas between; nothing of them is ever trained on.</source>
      <translation>Namen mit Kommas dazwischen; mit ihnen wird nie trainiert.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Share of the places to validate on (where none is named)</source>
      <translation>Anteil der Orte zum Validieren (wo keiner genannt ist)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>At least one place of two and more; 0: none.</source>
      <translation>Von zweien und mehr mindestens ein Ort; 0: keiner.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Name of the place</source>
      <translation>Name des Ortes</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Of rasters that are given one by one. Left empty, their folder's name.</source>
      <translation>Von Rastern, die einzeln angegeben werden. Leer: der Name ihres Ordners.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Pixel size without a CRS (metres, 0 = not known)</source>
      <translation>Pixelgröße ohne KBS (Meter, 0 = nicht bekannt)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Of pictures that have no CRS; 10 for most Sentinel-2 bands.</source>
      <translation>Von Bildern, die kein KBS haben; 10 für die meisten Sentinel-2-Kanäle.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Measure the offsets between dates</source>
      <translation>Versatz zwischen den Terminen messen</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>How far dates of a place lie off each other, to be taken away in training; a few seconds a pair.</source>
      <translation>Wie weit die Termine eines Ortes auseinanderliegen, was beim Training abgezogen wird; einige Sekunden je Paar.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Draw a contact sheet</source>
      <translation>Kontaktabzug zeichnen</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>A picture of tiles and dates in the training set's folder: look at it before you train.</source>
      <translation>Ein Bild mit Kacheln und Terminen im Ordner des Trainingsdatensatzes: vor dem Training ansehen.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Training set</source>
      <translation>Trainingsdatensatz</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>The folder to write: a new or empty one, or a training set, which is replaced when the new one is whole. A folder of anything else is left alone.</source>
      <translation>Der Ordner, der geschrieben wird: ein neuer oder leerer, oder ein Trainingsdatensatz, der ersetzt wird, wenn der neue ganz ist. Ein Ordner mit anderem Inhalt bleibt unberührt.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Index of the training set</source>
      <translation>Verzeichnis des Trainingsdatensatzes</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Contact sheet</source>
      <translation>Kontaktabzug</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of places</source>
      <translation>Anzahl der Orte</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of dates, all places together</source>
      <translation>Anzahl der Termine, alle Orte zusammen</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of tiles</source>
      <translation>Anzahl der Kacheln</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of tiles to train on</source>
      <translation>Anzahl der Kacheln zum Trainieren</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of tiles to validate on</source>
      <translation>Anzahl der Kacheln zum Validieren</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of tiles to test on</source>
      <translation>Anzahl der Kacheln zum Testen</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of tiles of single dates that were rejected</source>
      <translation>Anzahl der verworfenen Kacheln einzelner Termine</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of dates whose offset could not be measured</source>
      <translation>Anzahl der Termine, deren Versatz nicht gemessen werden konnte</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>SCENES, SCENES_FOLDER: give rasters, Sentinel-2 products, or a folder of them.</source>
      <translation>SCENES, SCENES_FOLDER: Raster, Sentinel-2-Produkte oder einen Ordner davon angeben.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>SCENES: {name} has no file behind it: save it as a raster first.</source>
      <translation>SCENES: hinter {name} steht keine Datei: erst als Raster speichern.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>SCENES: there is no file or folder “{value}”.</source>
      <translation>SCENES: die Datei oder den Ordner „{value}“ gibt es nicht.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>SCENES_FOLDER: the folder {folder} does not exist.</source>
      <translation>SCENES_FOLDER: den Ordner {folder} gibt es nicht.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>No raster was given as {name}.</source>
      <translation>Als {name} wurde kein Raster angegeben.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: there is no raster “{value}”: give the path of a file, or the name of a layer of the project.</source>
      <translation>{name}: ein Raster „{value}“ gibt es nicht: den Pfad einer Datei angeben oder den Namen eines Layers des Projekts.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: “{value}” is not a raster that QGIS can open: the file is of another kind, or damaged.</source>
      <translation>{name}: „{value}“ ist kein Raster, das QGIS öffnen kann: die Datei ist von anderer Art oder beschädigt.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: {layer} has no band {band}; its bands are 1 to {count}.</source>
      <translation>{name}: {layer} hat keinen Kanal {band}; seine Kanäle sind 1 bis {count}.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: “{value}” is not one of {options}.</source>
      <translation>{name}: „{value}“ ist keines von {options}.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>at least {low:g}</source>
      <translation>mindestens {low:g}</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{low:g} to {high:g}</source>
      <translation>{low:g} bis {high:g}</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: {value} is out of range: it must be {bound}.</source>
      <translation>{name}: {value} liegt außerhalb des erlaubten Bereichs: erlaubt ist {bound}.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: the extent “{value}” is empty: give xmin,xmax,ymin,ymax with xmin below xmax and ymin below ymax, and the CRS in brackets, for example 600000,610000,5490000,5500000 [EPSG:32636].</source>
      <translation>{name}: die Ausdehnung „{value}“ ist leer: xmin,xmax,ymin,ymax angeben, xmin unter xmax und ymin unter ymax, und das KBS in Klammern, zum Beispiel 600000,610000,5490000,5500000 [EPSG:32636].</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>an input</source>
      <translation>eine Eingabe</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: {path} is also {what}: choose another file, nothing was written.</source>
      <translation>{name}: {path} ist auch {what}: eine andere Datei wählen; nichts wurde geschrieben.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: the raster is written as GeoTIFF: give a name that ends in .tif, not {path}.</source>
      <translation>{name}: das Raster wird als GeoTIFF geschrieben: einen Namen angeben, der auf .tif endet, nicht {path}.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: {path} is a folder: give the name of a file in it.</source>
      <translation>{name}: {path} ist ein Ordner: den Namen einer Datei darin angeben.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: the folder {folder} does not exist: create it, or choose another.</source>
      <translation>{name}: den Ordner {folder} gibt es nicht: ihn anlegen oder einen anderen wählen.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: nothing can be written in the folder {folder} ({reason}): choose another.</source>
      <translation>{name}: in den Ordner {folder} kann nichts geschrieben werden ({reason}): einen anderen wählen.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>The reference and the target are the same raster ({name}): choose two different rasters, or two different bands of this one.</source>
      <translation>Referenz und Ziel sind dasselbe Raster ({name}): zwei verschiedene Raster wählen oder zwei verschiedene Kanäle von diesem.</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the one that fits: structure, else any place, rotation and scale (built in, offline)</source>
      <translation>der passende: structure, sonst jeder Ort, jede Drehung und jeder Maßstab (eingebaut, offline)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>structure (built in, offline)</source>
      <translation>structure (eingebaut, offline)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>this plugin's own network, untrained (built in, offline)</source>
      <translation>das eigene Netz dieses Plugins, untrainiert (eingebaut, offline)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the same with the weights that come with the plugin (built in, offline)</source>
      <translation>dasselbe mit den mitgelieferten Gewichten (eingebaut, offline)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>every model of the list</source>
      <translation>jedes Modell der Liste</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>{title} (built in, offline)</source>
      <translation>{title} (eingebaut, offline)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>not for commercial use</source>
      <translation>nicht für kommerziellen Gebrauch</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>{title} (on this computer, {licence})</source>
      <translation>{title} (auf diesem Rechner, {licence})</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>{title} (only what you trained yourself, {licence})</source>
      <translation>{title} (nur selbst trainierte Gewichte, {licence})</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>{title} ({size:.0f} MB download, needs the library transformers, {licence})</source>
      <translation>{title} ({size:.0f} MB Download, braucht die Bibliothek transformers, {licence})</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>{title} ({size:.0f} MB download, {licence})</source>
      <translation>{title} ({size:.0f} MB Download, {licence})</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the simplest that is as good as the best</source>
      <translation>die einfachste, die so gut wie die beste ist</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the same shift everywhere</source>
      <translation>überall dieselbe Verschiebung</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>shift, rotation and one scale</source>
      <translation>Verschiebung, Drehung und ein Maßstab</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>shift, rotation, two scales and shear</source>
      <translation>Verschiebung, Drehung, zwei Maßstäbe und Scherung</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>a plane seen at another angle</source>
      <translation>eine Ebene aus anderem Blickwinkel</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>bends once over the image (2nd order)</source>
      <translation>biegt sich einmal über das Bild (2. Ordnung)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>bends twice over the image (3rd order)</source>
      <translation>biegt sich zweimal über das Bild (3. Ordnung)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>bends from point to point; for some hundred points</source>
      <translation>biegt sich von Punkt zu Punkt; für einige hundert Punkte</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>a smooth field that follows what moves differently from place to place</source>
      <translation>ein glattes Feld für Verschiebungen, die von Ort zu Ort verschieden sind</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the graphics card where there is one that works, else the processor</source>
      <translation>die Grafikkarte, wo eine da ist, die funktioniert, sonst der Prozessor</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the processor</source>
      <translation>der Prozessor</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>an NVIDIA graphics card</source>
      <translation>eine NVIDIA-Grafikkarte</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the graphics of an Apple computer</source>
      <translation>die Grafik eines Apple-Rechners</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>everywhere but within the polygons</source>
      <translation>überall außer in den Polygonen</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>only within the polygons</source>
      <translation>nur in den Polygonen</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>values stay as they are: classes, masks</source>
      <translation>die Werte bleiben, wie sie sind: Klassen, Masken</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>smooth</source>
      <translation>glatt</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>sharp, for images</source>
      <translation>scharf, für Bilder</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>sharpest, with rings at hard edges</source>
      <translation>am schärfsten, mit Säumen an harten Kanten</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>as the rasters have it</source>
      <translation>wie die Raster sie haben</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>hidden from the matchers, as if it were not known</source>
      <translation>vor den Matchern verborgen, als wäre sie nicht bekannt</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>reflectance times 10000, whole numbers</source>
      <translation>Reflexionsgrad mal 10000, ganze Zahlen</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>0 to 1</source>
      <translation>0 bis 1</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>0 to the threshold as 1 to 255</source>
      <translation>0 bis zur Schwelle als 1 bis 255</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>2nd to 98th percentile of each band as 1 to 255</source>
      <translation>2. bis 98. Perzentil jedes Kanals als 1 bis 255</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>by what the images are</source>
      <translation>danach, was die Bilder sind</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>8 bits as they are</source>
      <translation>8 Bit, wie sie sind</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>reflectance up to a threshold, another one with snow</source>
      <translation>Reflexionsgrad bis zu einer Schwelle, einer anderen mit Schnee</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>1st to 99th percentile of each band</source>
      <translation>1. bis 99. Perzentil jedes Kanals</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the fastest that this computer does well</source>
      <translation>das Schnellste, was dieser Rechner gut kann</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>16 bits, wide range</source>
      <translation>16 Bit, großer Bereich</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>16 bits, for graphics cards</source>
      <translation>16 Bit, für Grafikkarten</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>32 bits, slowest and surest</source>
      <translation>32 Bit, am langsamsten und sichersten</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>which models there are, and which are on this computer</source>
      <translation>welche Modelle es gibt und welche auf diesem Rechner sind</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>fetch one from where its authors publish it</source>
      <translation>eines von dort holen, wo seine Autoren es veröffentlichen</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>take one from a file</source>
      <translation>eines aus einer Datei nehmen</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>delete one from the folder of weights</source>
      <translation>eines aus dem Ordner der Gewichte löschen</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>is the engine there, is it whole, what does it compute on?</source>
      <translation>ist die Engine da, ist sie vollständig, womit rechnet sie?</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>make it, or bring it up to date</source>
      <translation>anlegen oder auf den neuesten Stand bringen</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>make it anew</source>
      <translation>neu anlegen</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the build that is there, else cpu</source>
      <translation>die vorhandene Fassung, sonst cpu</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>for every computer</source>
      <translation>für jeden Rechner</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>for an NVIDIA graphics card; some gigabytes to download</source>
      <translation>für eine NVIDIA-Grafikkarte; einige Gigabyte herunterzuladen</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Scenes</source>
      <translation>Szenen</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Rasters of any dates, sensors and sizes, with or without a CRS. A file that cannot be read is a warning and rows that name it.</source>
      <translation>Raster beliebiger Termine, Sensoren und Größen, mit oder ohne KBS. Eine Datei, die nicht gelesen werden kann, gibt eine Warnung und Zeilen, die sie nennen.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>All rasters of this folder, besides those named above; not of folders within it.</source>
      <translation>Alle Raster dieses Ordners, außer den oben genannten; nicht die von Ordnern darin.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Polygons to which the comparison is limited, in any CRS: a layer, its selected features, or a file. A GeoJSON file that names no CRS is in longitude and latitude. Scenes that none of them touches are left out; scenes without a CRS need polygons in their pixels.</source>
      <translation>Polygone, auf die sich der Vergleich beschränkt, in beliebigem KBS: ein Layer, seine gewählten Objekte oder eine Datei. Eine GeoJSON-Datei, die kein KBS nennt, ist in Länge und Breite. Szenen, die keines berührt, werden ausgelassen; Szenen ohne KBS brauchen Polygone in ihren Pixeln.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Matcher</source>
      <translation>Matcher</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>auto, structure: lays the directions of edges over each other in every position; finds snow and summer alike, for scenes of like orientation. The others find keypoints once a scene and look for one motion between those of two: any rotation and scale, but one season.</source>
      <translation>auto, structure: legt die Richtungen der Kanten in jeder Lage übereinander; findet Schnee und Sommer gleichermaßen, für Szenen gleicher Ausrichtung. Die anderen suchen einmal je Szene Merkmalspunkte und dann eine Bewegung zwischen denen zweier Szenen: beliebige Drehung und Maßstab, aber eine Jahreszeit.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Same place from this similarity (0 to 1)</source>
      <translation>Gleicher Ort ab dieser Ähnlichkeit (0 bis 1)</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Pairs of at least this similarity are taken for the same place. The default was measured: no pair of different places came near it. Lower it to find more pairs of mostly cloudy scenes.</source>
      <translation>Paare mit mindestens dieser Ähnlichkeit gelten als derselbe Ort. Die Vorgabe wurde gemessen: kein Paar verschiedener Orte kam ihr nahe. Kleiner, um mehr Paare stark bewölkter Szenen zu finden.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Least overlap (share of the smaller scene, 0.05 to 1)</source>
      <translation>Mindestens so viel Überlappung (Anteil der kleineren Szene, 0.05 bis 1)</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>What two scenes must show in common to count as one place. Neighbouring Sentinel-2 tiles share a tenth.</source>
      <translation>Was zwei Szenen gemeinsam zeigen müssen, um als ein Ort zu zählen. Benachbarte Sentinel-2-Kacheln teilen ein Zehntel.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Cache</source>
      <translation>Zwischenspeicher</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>A folder that keeps what is done, so that a stopped run goes on and another with more scenes begins with what is known. Left empty: one beside the table of pairs, until that is written.</source>
      <translation>Ein Ordner, der aufhebt, was getan ist, damit ein angehaltener Lauf weitergeht und ein anderer mit mehr Szenen mit dem Bekannten beginnt. Leer: einer neben der Tabelle der Paare, bis diese geschrieben ist.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Pairs of scenes</source>
      <translation>Paare von Szenen</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>One row a pair: similarity, inliers, shift, and whether both show the same place.</source>
      <translation>Eine Zeile je Paar: Ähnlichkeit, Inlier, Verschiebung, und ob beide denselben Ort zeigen.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Heat map</source>
      <translation>Heatmap</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>The similarity of all pairs, scenes of one place together, by date.</source>
      <translation>Die Ähnlichkeit aller Paare, Szenen eines Ortes beieinander, nach Datum.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>The heat map, the places, and pairs to look at with what agrees drawn in, in one file.</source>
      <translation>Die Heatmap, die Orte und Paare zum Ansehen, in die gezeichnet ist, was übereinstimmt, in einer Datei.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Number of pairs of the same place</source>
      <translation>Anzahl der Paare desselben Ortes</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Number of scenes</source>
      <translation>Anzahl der Szenen</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Number of scenes that could not be compared</source>
      <translation>Anzahl der Szenen, die nicht verglichen werden konnten</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Number of places with at least two scenes</source>
      <translation>Anzahl der Orte mit mindestens zwei Szenen</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>FOLDER: the folder {folder} does not exist.</source>
      <translation>FOLDER: den Ordner {folder} gibt es nicht.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>INPUTS, FOLDER: give at least two rasters, or a folder of them.</source>
      <translation>INPUTS, FOLDER: mindestens zwei Raster oder einen Ordner davon angeben.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>INPUTS: {name} has no file behind it: save it as a raster first.</source>
      <translation>INPUTS: hinter {name} steht keine Datei: erst als Raster speichern.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>{same} of {count} pairs show the same place; {places} places with at least two scenes.</source>
      <translation>{same} von {count} Paaren zeigen denselben Ort; {places} Orte mit mindestens zwei Szenen.</translation>
    </message>
    <message>
      <location filename="../processing/coregister.py"></location>
      <source>Only this part of the reference is matched, and written. Any CRS.</source>
      <translation>Nur dieser Teil der Referenz wird zugeordnet und geschrieben. Beliebiges KBS.</translation>
    </message>
    <message>
      <location filename="../processing/coregister.py"></location>
      <source>Co-registered raster</source>
      <translation>Koregistriertes Raster</translation>
    </message>
    <message>
      <location filename="../processing/coregister.py"></location>
      <source>The target on the pixel grid of the reference, with all its bands: a cloud-optimised GeoTIFF. Without a trustworthy match (STATUS no_match) nothing is written.</source>
      <translation>Das Ziel auf dem Pixelgitter der Referenz, mit allen seinen Kanälen: ein Cloud-optimiertes GeoTIFF. Ohne verlässliche Zuordnung (STATUS no_match) wird nichts geschrieben.</translation>
    </message>
    <message>
      <location filename="../processing/coregister.py"></location>
      <source>No raster was written, because no trustworthy match was found.</source>
      <translation>Es wurde kein Raster geschrieben, weil keine verlässliche Zuordnung gefunden wurde.</translation>
    </message>
    <message>
      <location filename="../processing/coregister.py"></location>
      <source>{target} on {reference}</source>
      <translation>{target} auf {reference}</translation>
    </message>
    <message>
      <location filename="../processing/coregister.py"></location>
      <source>{target}, warped onto the pixel grid of {reference}.</source>
      <translation>{target}, auf das Pixelgitter von {reference} entzerrt.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Of any size, with or without a CRS; it is read tile by tile.</source>
      <translation>Beliebig groß, mit oder ohne KBS; es wird Kachel um Kachel gelesen.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Raster</source>
      <translation>Raster</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Detector</source>
      <translation>Detektor</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>sift: blobs of any size, to a tenth of a pixel. akaze: fewer, at edges. orb: corners, fastest. aliked, disk, xfeat, superpoint: networks, whose weights must be in the model store.</source>
      <translation>sift: Flecken jeder Größe, auf ein Zehntelpixel. akaze: weniger, an Kanten. orb: Ecken, am schnellsten. aliked, disk, xfeat, superpoint: Netze, deren Gewichte im Modellspeicher liegen müssen.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Most keypoints (0 = all)</source>
      <translation>Höchstens so viele Merkmalspunkte (0 = alle)</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>The strongest of each part of the raster are kept, so that a city does not take them all.</source>
      <translation>Die stärksten jedes Teils des Rasters bleiben, damit nicht eine Stadt alle bekommt.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Keypoints are looked for in this rectangle. Any CRS.</source>
      <translation>Merkmalspunkte werden in diesem Rechteck gesucht. Beliebiges KBS.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Polygons within which keypoints are kept, in any CRS: a layer, its selected features, or a file. A GeoJSON file that names no CRS is in longitude and latitude.</source>
      <translation>Polygone, in denen Merkmalspunkte behalten werden, in beliebigem KBS: ein Layer, seine gewählten Objekte oder eine Datei. Eine GeoJSON-Datei, die kein KBS nennt, ist in Länge und Breite.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>The band to look at. Left empty, it is chosen by name and wavelength: red, else near infrared, else gray. The log says which.</source>
      <translation>Der betrachtete Kanal. Leer: er wird nach Name und Wellenlänge gewählt: Rot, sonst nahes Infrarot, sonst Grau. Das Protokoll sagt, welcher.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Band</source>
      <translation>Kanal</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Options of the detector</source>
      <translation>Optionen des Detektors</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>name=value, with spaces between, such as contrast=0.005 for sift. A name that the detector does not know is refused, with a list of those that it does.</source>
      <translation>Name=Wert, mit Leerzeichen dazwischen, wie contrast=0.005 bei sift. Ein Name, den der Detektor nicht kennt, wird abgelehnt, mit einer Liste derer, die er kennt.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Keypoints</source>
      <translation>Merkmalspunkte</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Points in the CRS of the raster; of a raster without one, where QGIS shows it.</source>
      <translation>Punkte im KBS des Rasters; bei einem Raster ohne KBS dort, wo QGIS es zeigt.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Keypoint figure</source>
      <translation>Bild der Merkmalspunkte</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>The raster with its keypoints as circles of their size, coloured by response.</source>
      <translation>Das Raster mit seinen Merkmalspunkten als Kreisen ihrer Größe, nach Stärke gefärbt.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Number of keypoints</source>
      <translation>Anzahl der Merkmalspunkte</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Keypoints of {raster}, found by {detector}.</source>
      <translation>Merkmalspunkte von {raster}, gefunden mit {detector}.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>What to do</source>
      <translation>Was zu tun ist</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>check: is the engine there, is it whole, and which devices (CPU, CUDA, Apple's GPU) does it compute on? Nothing is changed. install: make the environment, or bring it up to date; does nothing where it is. repair: make it anew.</source>
      <translation>check: ist die Engine da, ist sie vollständig, und auf welchen Geräten (CPU, CUDA, Apples GPU) rechnet sie? Nichts wird geändert. install: die Umgebung anlegen oder auf den neuesten Stand bringen; ist sie das schon, geschieht nichts. repair: sie neu anlegen.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>Build of torch</source>
      <translation>Fassung von torch</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>For install and repair. cpu: for every computer (on Apple silicon it uses the GPU too). cuda: for an NVIDIA card with a driver of version 580 or newer; some gigabytes to fetch. Left empty: the build that is there, else cpu.</source>
      <translation>Für install und repair. cpu: für jeden Rechner (auf Apple Silicon nutzt sie auch die GPU). cuda: für eine NVIDIA-Karte mit einem Treiber ab Version 580; einige Gigabyte zu holen. Leer: die vorhandene Fassung, sonst cpu.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>Python</source>
      <translation>Python</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>install, repair: the Python (3.11 to 3.14, 64 bit) to make the environment with; left empty, the best of this computer is taken, and the log says which. check: the Python of the environment to look at; left empty, the one that is used.</source>
      <translation>install, repair: das Python (3.11 bis 3.14, 64 Bit), mit dem die Umgebung angelegt wird; leer: das beste dieses Rechners, und das Protokoll sagt, welches. check: das Python der Umgebung, die angesehen wird; leer: die benutzte.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>Folder of wheels, to install without a connection</source>
      <translation>Ordner mit Wheels, um ohne Verbindung zu installieren</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>A folder of packages (*.whl) from which alone everything is taken. The help says how it is filled on another computer. Left empty: the one of the plugin's settings, else the network, through the proxy of QGIS's settings.</source>
      <translation>Ein Ordner mit Paketen (*.whl), aus dem ausschließlich installiert wird. Die Hilfe sagt, wie er auf einem anderen Rechner gefüllt wird. Leer: der in den Einstellungen des Plugins, sonst das Netz, über den Proxy der QGIS-Einstellungen.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>Also the library transformers (SuperPoint, SuperGlue, EfficientLoFTR)</source>
      <translation>Auch die Bibliothek transformers (SuperPoint, SuperGlue, EfficientLoFTR)</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>For install and repair: adds what these matchers need, to an environment that is there too. An environment that has it keeps it.</source>
      <translation>Für install und repair: fügt hinzu, was diese Matcher brauchen, auch einer Umgebung, die schon da ist. Eine Umgebung, die sie hat, behält sie.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>Whether the engine can run</source>
      <translation>Ob die Engine laufen kann</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>What was found, as text</source>
      <translation>Was gefunden wurde, als Text</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>TORCH: the build is chosen for install and repair; check takes none.</source>
      <translation>TORCH: die Fassung wird für install und repair gewählt; check nimmt keine.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>Not ready.</source>
      <translation>Nicht bereit.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>The engine is ready: {python}</source>
      <translation>Die Engine ist bereit: {python}</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>The plugin is set to use another environment, {chosen}: what was made is not used until Settings &gt; Options &gt; Sentinel Match (or the variable SENTINEL_MATCH_PYTHON) is emptied.</source>
      <translation>Das Plugin ist auf eine andere Umgebung eingestellt, {chosen}: was angelegt wurde, wird nicht benutzt, bis Einstellungen &gt; Optionen &gt; Sentinel Match (oder die Variable SENTINEL_MATCH_PYTHON) geleert wird.</translation>
    </message>
    <message>
      <location filename="../processing/example_models.py"></location>
      <source>Examples (models)</source>
      <translation>Beispiele (Modelle)</translation>
    </message>
    <message>
      <location filename="../processing/help/assessmatchers.html"></location>
      <source>&lt;p&gt;Runs several matchers on one pair of rasters, or on every pair of a folder, and counts &lt;b&gt;how many of their matches are right&lt;/b&gt;: which matcher is the one for your images?&lt;/p&gt;</source>
      <translation>&lt;p&gt;Lässt mehrere Matcher auf einem Rasterpaar oder auf jedem Paar eines Ordners laufen und zählt, &lt;b&gt;wie viele ihrer Zuordnungen richtig sind&lt;/b&gt;: welcher Matcher passt zu Ihren Bildern?&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/assessmatchers.html"></location>
      <source>&lt;h3&gt;What counts as right&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Was als richtig gilt&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/assessmatchers.html"></location>
      <source>&lt;p&gt;With a &lt;b&gt;known warp&lt;/b&gt;, a match is right if it lies within the threshold of where the truth puts it. The truth is &lt;i&gt;identity&lt;/i&gt; for a pair that is already registered; a &lt;i&gt;matrix&lt;/i&gt; of 2 x 3 or 3 x 3 numbers in a JSON or CSV file that takes a reference pixel to the target pixel that shows it (the centre of the first pixel is 0.5, 0.5); a &lt;i&gt;displacement raster&lt;/i&gt; of the reference's size; or the truth.json of a season pair.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Mit einer &lt;b&gt;bekannten Verzerrung&lt;/b&gt; ist eine Zuordnung richtig, wenn sie innerhalb der Schwelle dort liegt, wo die Wahrheit sie hinsetzt. Die Wahrheit ist &lt;i&gt;identity&lt;/i&gt; bei einem Paar, das schon koregistriert ist; eine &lt;i&gt;Matrix&lt;/i&gt; aus 2 x 3 oder 3 x 3 Zahlen in einer JSON- oder CSV-Datei, die ein Referenzpixel zu dem Zielpixel führt, das es zeigt (die Mitte des ersten Pixels ist 0.5, 0.5); ein &lt;i&gt;Verschiebungsraster&lt;/i&gt; in der Größe der Referenz; oder die truth.json eines Jahreszeitenpaars.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/assessmatchers.html"></location>
      <source>&lt;p&gt;Without one, the &lt;b&gt;consensus&lt;/b&gt; is counted: the share of the matches that lie within the threshold of one homography, fitted with RANSAC. This is the protocol of published comparisons. It is a weaker claim: matches that are wrong alike agree too, and four matches always agree. The table and the report say which of the two was used.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Ohne sie wird die &lt;b&gt;Übereinstimmung&lt;/b&gt; gezählt: der Anteil der Zuordnungen, die innerhalb der Schwelle einer mit RANSAC angepassten Homographie liegen. So verfahren veröffentlichte Vergleiche. Es ist eine schwächere Aussage: auch Zuordnungen, die alle gleich falsch sind, stimmen überein, und vier Zuordnungen tun es immer. Tabelle und Bericht sagen, welches von beiden benutzt wurde.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;p&gt;Makes a &lt;b&gt;training set&lt;/b&gt; for &lt;i&gt;Train matcher&lt;/i&gt; out of dates of one or more places that already lie on each other: snow and summer, this year and last. Two dates of one place are a pair whose true correspondences are known, which is all that a matcher needs to learn.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Macht aus Terminen eines oder mehrerer Orte, die schon aufeinander liegen, einen &lt;b&gt;Trainingsdatensatz&lt;/b&gt; für &lt;i&gt;Matcher trainieren&lt;/i&gt;: Schnee und Sommer, dieses Jahr und das letzte. Zwei Termine eines Ortes sind ein Paar, dessen wahre Entsprechungen bekannt sind, und mehr braucht ein Matcher nicht, um zu lernen.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;h3&gt;What may be given&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Was angegeben werden kann&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;p&gt;All dates of a place must lie on &lt;b&gt;one pixel grid&lt;/b&gt; (size, CRS, origin); what does not is refused with both grids named. Known layouts, said in the log:&lt;/p&gt;</source>
      <translation>&lt;p&gt;Alle Termine eines Ortes müssen auf &lt;b&gt;einem Pixelgitter&lt;/b&gt; liegen (Größe, KBS, Ursprung); was abweicht, wird mit beiden Gittern genannt und abgelehnt. Bekannte Anordnungen, die auch im Protokoll stehen:&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;li&gt;&lt;b&gt;Sentinel-2 products&lt;/b&gt; (.SAFE folder, its zip, its MTD file): dates of the place that their tile names; L2A brings its scene classes as cloud mask.&lt;/li&gt;</source>
      <translation>&lt;li&gt;&lt;b&gt;Sentinel-2-Produkte&lt;/b&gt; (.SAFE-Ordner, dessen zip, dessen MTD-Datei): Termine des Ortes, den ihre Kachel nennt; L2A bringt seine Szenenklassen als Wolkenmaske mit.&lt;/li&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;li&gt;A &lt;b&gt;folder of rasters&lt;/b&gt;: each is a date of the place that the folder names. Dates are read from the names (20180207 or 2018-02-07).&lt;/li&gt;</source>
      <translation>&lt;li&gt;Ein &lt;b&gt;Ordner mit Rastern&lt;/b&gt;: jedes ist ein Termin des Ortes, den der Ordner nennt. Die Termine werden aus den Namen gelesen (20180207 oder 2018-02-07).&lt;/li&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;li&gt;A &lt;b&gt;folder of subtiles&lt;/b&gt; tile_X_Y.png, X and Y the pixel of the upper left corner: one date. A folder of such folders (winter, summer): a place.&lt;/li&gt;</source>
      <translation>&lt;li&gt;Ein &lt;b&gt;Ordner mit Teilkacheln&lt;/b&gt; tile_X_Y.png, X und Y das Pixel der linken oberen Ecke: ein Termin. Ein Ordner mit solchen Ordnern (winter, summer): ein Ort.&lt;/li&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;li&gt;A &lt;b&gt;file for each band&lt;/b&gt; (B02.tif, B03.tif, SCL.tif): one date; a folder of such folders: a place.&lt;/li&gt;</source>
      <translation>&lt;li&gt;Eine &lt;b&gt;Datei je Kanal&lt;/b&gt; (B02.tif, B03.tif, SCL.tif): ein Termin; ein Ordner mit solchen Ordnern: ein Ort.&lt;/li&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;li&gt;A folder of any of these: several places.&lt;/li&gt;</source>
      <translation>&lt;li&gt;Ein Ordner mit mehreren davon: mehrere Orte.&lt;/li&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;p&gt;Up to four bands that all dates have are kept: red, green, blue and near infrared first.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Behalten werden bis zu vier Kanäle, die alle Termine haben: zuerst Rot, Grün, Blau und nahes Infrarot.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;h3&gt;Radiometry&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Radiometrie&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;p&gt;What saturates is decided by the season, because snow is three times as bright as anything in summer: reflectance (times 10000) up to &lt;b&gt;8000 with snow, 3000 without&lt;/b&gt;. Whether a date has snow is told by its name, its scene classes, its brightness, and by the month; the log says so for each date, with the share that is saturated, and &lt;i&gt;Seasons&lt;/i&gt; overrules it. Pictures of 8 bits stay as they are.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Was gesättigt ist, entscheidet die Jahreszeit, denn Schnee ist dreimal so hell wie alles im Sommer: Reflexionsgrad (mal 10000) bis &lt;b&gt;8000 mit Schnee, 3000 ohne&lt;/b&gt;. Ob ein Termin Schnee hat, sagen sein Name, seine Szenenklassen, seine Helligkeit und der Monat; das Protokoll nennt es für jeden Termin, mit dem gesättigten Anteil, und &lt;i&gt;Jahreszeiten&lt;/i&gt; geht vor. Bilder mit 8 Bit bleiben, wie sie sind.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;h3&gt;Clouds, nodata, tiles&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Wolken, Nodata, Kacheln&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;p&gt;Clouds are left out by the product's own mask. Without one: what is white in a date and in no other date without snow; under snow nothing can be said by that rule, so choose snowy dates with a clear sky. A tile is rejected in a date with too much cloud or nodata, and kept if two dates remain. Counts are in the log, every tile in &lt;i&gt;tiles.csv&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Wolken werden nach der Maske des Produkts ausgelassen. Gibt es keine: was an einem Termin weiß ist und an keinem anderen ohne Schnee; unter Schnee sagt diese Regel nichts, deshalb verschneite Termine mit klarem Himmel wählen. Eine Kachel wird an einem Termin mit zu viel Wolken oder Nodata verworfen und bleibt, wenn zwei Termine übrig sind. Die Zahlen stehen im Protokoll, jede Kachel in &lt;i&gt;tiles.csv&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/comparescenes.html"></location>
      <source>&lt;p&gt;Compares &lt;b&gt;every scene with every other&lt;/b&gt; and says which show the same place: fifty scenes are 1225 pairs. For sorting a folder of overviews, finding dates that are too cloudy to use, scenes that lie in the wrong folder, or pairs for &lt;i&gt;Match rasters&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Vergleicht &lt;b&gt;jede Szene mit jeder anderen&lt;/b&gt; und sagt, welche denselben Ort zeigen: fünfzig Szenen sind 1225 Paare. Um einen Ordner mit Übersichten zu ordnen, um Termine zu finden, die zu bewölkt sind, Szenen, die im falschen Ordner liegen, oder Paare für &lt;i&gt;Raster zuordnen&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/comparescenes.html"></location>
      <source>&lt;p&gt;Each scene is looked at once, at about 512 pixels on its longer side. With the matcher &lt;i&gt;auto&lt;/i&gt; (&lt;i&gt;structure&lt;/i&gt;) two scenes are laid over each other in every position by the &lt;b&gt;directions of their edges&lt;/b&gt;, which snow, crops and the time of year do not change. Parts without ground (nodata, a dark empty rim of a swath) do not count.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Jede Szene wird einmal angesehen, mit etwa 512 Pixeln an der längeren Seite. Mit dem Matcher &lt;i&gt;auto&lt;/i&gt; (&lt;i&gt;structure&lt;/i&gt;) werden zwei Szenen nach den &lt;b&gt;Richtungen ihrer Kanten&lt;/b&gt; in jeder Lage übereinandergelegt; diese ändern weder Schnee noch Feldfrüchte noch die Jahreszeit. Teile ohne Boden (Nodata, ein dunkler leerer Rand des Aufnahmestreifens) zählen nicht.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/comparescenes.html"></location>
      <source>&lt;h3&gt;The table of pairs&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Die Tabelle der Paare&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/comparescenes.html"></location>
      <source>&lt;p&gt;&lt;b&gt;scene_a, scene_b&lt;/b&gt;: the scenes. &lt;b&gt;similarity&lt;/b&gt;, 0 to 1: how far the best position stands out from all others; different places are below 0.25, scenes of one place mostly above 0.6, mostly cloudy ones between. &lt;b&gt;inliers&lt;/b&gt;: windows (or keypoints) that, each looked for on its own, agree on the position. &lt;b&gt;shift_x, shift_y&lt;/b&gt;: how far what is in scene a lies off in scene b, with &lt;b&gt;shift_unit&lt;/b&gt;: between georeferenced scenes what the georeferencing does not explain, east and north in units of the CRS; else pixels of scene a, to the right and down. It is good to about a tenth of a pixel of the small picture, not more: &lt;i&gt;Match rasters&lt;/i&gt; measures. &lt;b&gt;same_place&lt;/b&gt;: the similarity is at least the threshold. &lt;b&gt;note&lt;/b&gt;: why a pair was not compared. A file that cannot be read has its rows, with a note and nothing else.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;scene_a, scene_b&lt;/b&gt;: die Szenen. &lt;b&gt;similarity&lt;/b&gt;, 0 bis 1: wie weit die beste Lage aus allen anderen heraussticht; verschiedene Orte liegen unter 0.25, Szenen eines Ortes meist über 0.6, stark bewölkte dazwischen. &lt;b&gt;inliers&lt;/b&gt;: Fenster (oder Merkmalspunkte), die, jedes für sich gesucht, dieselbe Lage ergeben. &lt;b&gt;shift_x, shift_y&lt;/b&gt;: wie weit das, was in Szene a ist, in Szene b daneben liegt, mit &lt;b&gt;shift_unit&lt;/b&gt;: zwischen georeferenzierten Szenen das, was die Georeferenzierung nicht erklärt, nach Osten und Norden in Einheiten des KBS; sonst Pixel der Szene a, nach rechts und unten. Genau ist das auf etwa ein Zehntel Pixel des kleinen Bildes, mehr nicht: gemessen wird mit &lt;i&gt;Raster zuordnen&lt;/i&gt;. &lt;b&gt;same_place&lt;/b&gt;: die Ähnlichkeit erreicht die Schwelle. &lt;b&gt;note&lt;/b&gt;: warum ein Paar nicht verglichen wurde. Eine Datei, die nicht gelesen werden kann, hat ihre Zeilen mit einer Notiz und sonst nichts.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/comparescenes.html"></location>
      <source>&lt;h3&gt;What counts as one place&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Was als ein Ort zählt&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/comparescenes.html"></location>
      <source>&lt;p&gt;Two scenes must show at least a quarter of the smaller one in common (&lt;i&gt;Least overlap&lt;/i&gt;): neighbouring tiles, which share a tenth, are two places. Georeferenced scenes are compared only where they overlap, within &lt;i&gt;Largest displacement&lt;/i&gt;. Scenes without a CRS are compared in all positions; where their sizes differ, both as showing one extent and as having one pixel size. Turned or mirrored scenes are not found by &lt;i&gt;structure&lt;/i&gt;; &lt;i&gt;sift&lt;/i&gt;, &lt;i&gt;akaze&lt;/i&gt; and &lt;i&gt;orb&lt;/i&gt; find turned ones, of one season.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Zwei Szenen müssen mindestens ein Viertel der kleineren gemeinsam zeigen (&lt;i&gt;Mindestens so viel Überlappung&lt;/i&gt;): benachbarte Kacheln, die ein Zehntel teilen, sind zwei Orte. Georeferenzierte Szenen werden nur verglichen, wo sie überlappen, innerhalb von &lt;i&gt;Größte gesuchte Verschiebung&lt;/i&gt;. Szenen ohne KBS werden in allen Lagen verglichen; sind sie verschieden groß, dann sowohl mit derselben Ausdehnung als auch mit derselben Pixelgröße. Gedrehte oder gespiegelte Szenen findet &lt;i&gt;structure&lt;/i&gt; nicht; &lt;i&gt;sift&lt;/i&gt;, &lt;i&gt;akaze&lt;/i&gt; und &lt;i&gt;orb&lt;/i&gt; finden gedrehte, einer Jahreszeit.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/coregister.html"></location>
      <source>&lt;p&gt;Matches the &lt;i&gt;target&lt;/i&gt; with the &lt;i&gt;reference&lt;/i&gt;, as &lt;i&gt;Match rasters&lt;/i&gt; does, and warps it onto the reference's pixel grid: afterwards pixel lies on pixel.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Ordnet das &lt;i&gt;Ziel&lt;/i&gt; der &lt;i&gt;Referenz&lt;/i&gt; zu, wie &lt;i&gt;Raster zuordnen&lt;/i&gt;, und entzerrt es auf das Pixelgitter der Referenz: danach liegt Pixel auf Pixel.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/coregister.html"></location>
      <source>&lt;p&gt;All bands, data types, nodata values, band names and colours of the target are kept. The result is a tiled, compressed GeoTIFF with overviews.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Alle Kanäle, Datentypen, Nodata-Werte, Kanalnamen und Farben des Ziels bleiben erhalten. Das Ergebnis ist ein gekacheltes, komprimiertes GeoTIFF mit Übersichten.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/coregister.html"></location>
      <source>&lt;h3&gt;How good is it?&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Wie gut ist es?&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/coregister.html"></location>
      <source>&lt;p&gt;&lt;b&gt;STATUS&lt;/b&gt; says: &lt;i&gt;ok&lt;/i&gt;; &lt;i&gt;low_confidence&lt;/i&gt;, when the points are few, clustered, or two answers compete: look before you use it; &lt;i&gt;no_match&lt;/i&gt;, when nothing can be trusted: then &lt;b&gt;no raster is written&lt;/b&gt;. &lt;b&gt;RMSE&lt;/b&gt; and &lt;b&gt;CE90&lt;/b&gt; (metres) are cross-validated: measured on points that were held out.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;STATUS&lt;/b&gt; sagt: &lt;i&gt;ok&lt;/i&gt;; &lt;i&gt;low_confidence&lt;/i&gt; bei wenigen oder gehäuften Punkten oder wenn zwei Antworten einander widersprechen: vor Gebrauch ansehen; &lt;i&gt;no_match&lt;/i&gt;, wenn nichts verlässlich ist: dann wird &lt;b&gt;kein Raster geschrieben&lt;/b&gt;. &lt;b&gt;RMSE&lt;/b&gt; und &lt;b&gt;CE90&lt;/b&gt; (Meter) sind kreuzvalidiert: gemessen an zurückgehaltenen Punkten.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/coregister.html"></location>
      <source>&lt;h3&gt;When it does not work&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Wenn es nicht klappt&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/coregister.html"></location>
      <source>&lt;p&gt;Raise &lt;i&gt;Largest displacement looked for&lt;/i&gt; if the target may lie farther off. Give an &lt;i&gt;Area&lt;/i&gt; to keep clouds and water out. Choose the bands by hand if the two sensors name them differently. Rasters without any georeferencing are matched by the free matchers (&lt;i&gt;sift&lt;/i&gt;, &lt;i&gt;akaze&lt;/i&gt;, &lt;i&gt;aliked&lt;/i&gt;, &lt;i&gt;loftr&lt;/i&gt; and more: the help of &lt;i&gt;Match rasters&lt;/i&gt; has a table of them and of their options).&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;i&gt;Größte gesuchte Verschiebung&lt;/i&gt; erhöhen, wenn das Ziel weiter daneben liegen kann. Mit einem &lt;i&gt;Gebiet&lt;/i&gt; Wolken und Wasser ausschließen. Die Kanäle von Hand wählen, wenn die beiden Sensoren sie verschieden nennen. Raster ohne jede Georeferenzierung ordnen die freien Matcher zu (&lt;i&gt;sift&lt;/i&gt;, &lt;i&gt;akaze&lt;/i&gt;, &lt;i&gt;aliked&lt;/i&gt;, &lt;i&gt;loftr&lt;/i&gt; und andere: die Hilfe von &lt;i&gt;Raster zuordnen&lt;/i&gt; hat eine Tabelle mit ihnen und ihren Optionen).&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/detectkeypoints.html"></location>
      <source>&lt;p&gt;Finds &lt;b&gt;keypoints&lt;/b&gt;, places that a detector would find again in another image, in one raster: to see what a matcher has to work with, where an image has texture and where it has none (cloud, water, bare snow), or to use the points elsewhere.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Findet &lt;b&gt;Merkmalspunkte&lt;/b&gt; in einem Raster, also Stellen, die ein Detektor in einem anderen Bild wiederfinden würde: um zu sehen, womit ein Matcher arbeiten kann, wo ein Bild Textur hat und wo nicht (Wolke, Wasser, bloßer Schnee), oder um die Punkte anderswo zu benutzen.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/detectkeypoints.html"></location>
      <source>&lt;p&gt;Rasters of any size are read tile by tile, in bounded memory; tiles overlap, so that their borders leave no mark. Nothing is found near nodata, whose edge is no keypoint. The strongest keypoints of each part of the raster are kept, so that they are spread over it.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Raster jeder Größe werden Kachel um Kachel gelesen, mit begrenztem Speicher; die Kacheln überlappen, sodass ihre Ränder keine Spuren hinterlassen. Nahe Nodata wird nichts gefunden, denn dessen Rand ist kein Merkmalspunkt. Die stärksten Merkmalspunkte jedes Teils des Rasters bleiben, damit sie darüber verteilt sind.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/detectkeypoints.html"></location>
      <source>&lt;h3&gt;The points&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Die Punkte&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/detectkeypoints.html"></location>
      <source>&lt;p&gt;&lt;b&gt;response&lt;/b&gt;: how strong, on the detector's own scale; higher is stronger, and &lt;b&gt;id&lt;/b&gt; 1 is the strongest. &lt;b&gt;scale&lt;/b&gt;: the diameter of the place in pixels. &lt;b&gt;angle&lt;/b&gt;: its direction in degrees, 0 along the row, clockwise. Scale and angle are empty where a detector has none. &lt;b&gt;column, row&lt;/b&gt;: pixels of the raster, the centre of the first one at 0.5. The points are in the raster's CRS; without one, at column and minus row, where QGIS shows the raster.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;response&lt;/b&gt;: wie stark, auf der eigenen Skala des Detektors; höher ist stärker, und &lt;b&gt;id&lt;/b&gt; 1 ist der stärkste. &lt;b&gt;scale&lt;/b&gt;: der Durchmesser der Stelle in Pixeln. &lt;b&gt;angle&lt;/b&gt;: ihre Richtung in Grad, 0 entlang der Zeile, im Uhrzeigersinn. scale und angle sind leer, wo ein Detektor keine hat. &lt;b&gt;column, row&lt;/b&gt;: Pixel des Rasters, die Mitte des ersten bei 0.5. Die Punkte sind im KBS des Rasters; ohne KBS bei Spalte und minus Zeile, wo QGIS das Raster zeigt.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/detectkeypoints.html"></location>
      <source>&lt;h3&gt;Detectors&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Detektoren&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/detectkeypoints.html"></location>
      <source>&lt;p&gt;&lt;b&gt;sift&lt;/b&gt;, &lt;b&gt;akaze&lt;/b&gt; and &lt;b&gt;orb&lt;/b&gt; need nothing. &lt;b&gt;aliked&lt;/b&gt;, &lt;b&gt;disk&lt;/b&gt;, &lt;b&gt;xfeat&lt;/b&gt; and &lt;b&gt;superpoint&lt;/b&gt; are networks: their weights must be in the model store (&lt;i&gt;Weights of matchers&lt;/i&gt;); nothing is downloaded by itself. SuperPoint's weights are for non-commercial research only.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;sift&lt;/b&gt;, &lt;b&gt;akaze&lt;/b&gt; und &lt;b&gt;orb&lt;/b&gt; brauchen nichts. &lt;b&gt;aliked&lt;/b&gt;, &lt;b&gt;disk&lt;/b&gt;, &lt;b&gt;xfeat&lt;/b&gt; und &lt;b&gt;superpoint&lt;/b&gt; sind Netze: ihre Gewichte müssen im Modellspeicher liegen (&lt;i&gt;Gewichte der Matcher&lt;/i&gt;); nichts wird von selbst heruntergeladen. Die Gewichte von SuperPoint sind nur für nichtkommerzielle Forschung.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;p&gt;The matching runs outside QGIS, in a Python environment of its own with PyTorch, so that a crash of a network ends a job and not QGIS, and so that QGIS's own libraries stay as they are. That environment is made &lt;b&gt;once&lt;/b&gt;, here or under &lt;i&gt;Settings &amp;gt; Options &amp;gt; Sentinel Match&lt;/i&gt;. Nothing is downloaded before you say so.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Das Zuordnen läuft außerhalb von QGIS, in einer eigenen Python-Umgebung mit PyTorch, damit der Absturz eines Netzes einen Auftrag beendet und nicht QGIS, und damit die Bibliotheken von QGIS bleiben, wie sie sind. Diese Umgebung wird &lt;b&gt;einmal&lt;/b&gt; angelegt, hier oder unter &lt;i&gt;Einstellungen &amp;gt; Optionen &amp;gt; Sentinel Match&lt;/i&gt;. Nichts wird heruntergeladen, bevor Sie es sagen.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;h3&gt;What to do&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Was zu tun ist&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;p&gt;&lt;b&gt;check&lt;/b&gt;: is the engine there and whole, which versions does it have, and which devices does it compute on, each tried: &lt;i&gt;CPU: 8 cores, works&lt;/i&gt;; &lt;i&gt;CUDA: NVIDIA GeForce RTX 4070, 12 GB, works&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;check&lt;/b&gt;: ist die Engine da und vollständig, welche Versionen hat sie, und auf welchen Geräten rechnet sie? Jedes wird ausprobiert: &lt;i&gt;CPU: 8 cores, works&lt;/i&gt;; &lt;i&gt;CUDA: NVIDIA GeForce RTX 4070, 12 GB, works&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;p&gt;&lt;b&gt;install&lt;/b&gt;: makes the environment in your user's cache folder (Windows: &lt;i&gt;%LOCALAPPDATA%\sentinel-match&lt;/i&gt;; macOS: &lt;i&gt;~/Library/Caches/sentinel-match&lt;/i&gt;; Linux: &lt;i&gt;~/.cache/sentinel-match&lt;/i&gt;), or brings it up to date after an update of the plugin. Where it is up to date, nothing is done.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;install&lt;/b&gt;: legt die Umgebung im Cache-Ordner des Benutzers an (Windows: &lt;i&gt;%LOCALAPPDATA%\sentinel-match&lt;/i&gt;; macOS: &lt;i&gt;~/Library/Caches/sentinel-match&lt;/i&gt;; Linux: &lt;i&gt;~/.cache/sentinel-match&lt;/i&gt;) oder bringt sie nach einer Aktualisierung des Plugins auf den neuesten Stand. Ist sie das schon, geschieht nichts.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;p&gt;&lt;b&gt;repair&lt;/b&gt;: makes it anew. Until the new one is whole and was seen to work the old one stays; a cancelled or failed installation leaves nothing behind.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;repair&lt;/b&gt;: legt sie neu an. Die alte bleibt, bis die neue vollständig ist und nachweislich funktioniert; eine abgebrochene oder fehlgeschlagene Installation hinterlässt nichts.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;h3&gt;What it needs&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Was sie braucht&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;p&gt;A Python 3.11 to 3.14 (64 bit), which is looked for: python.org's and the &lt;i&gt;py&lt;/i&gt; launcher's, the registry's, Homebrew's, the distribution's, pyenv's, uv's, conda's, and last the one that QGIS brings along. Or name one as &lt;b&gt;Python&lt;/b&gt;. Fetched are about 320 MB on Windows, 280 MB on a Mac and 440 MB on Linux, and 3 GB with CUDA on Linux; on the disk it takes some four times that (CUDA: twice).&lt;/p&gt;</source>
      <translation>&lt;p&gt;Ein Python 3.11 bis 3.14 (64 Bit), das gesucht wird: von python.org und dem Starter &lt;i&gt;py&lt;/i&gt;, in der Registrierung, von Homebrew, der Distribution, pyenv, uv, conda, und zuletzt das, das QGIS mitbringt. Oder eines als &lt;b&gt;Python&lt;/b&gt; nennen. Heruntergeladen werden etwa 320 MB unter Windows, 280 MB auf einem Mac und 440 MB unter Linux, und 3 GB mit CUDA unter Linux; auf der Platte braucht sie ungefähr das Vierfache (CUDA: das Doppelte).&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;h3&gt;CPU or CUDA&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;CPU oder CUDA&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;p&gt;All matchers run on the CPU, &lt;i&gt;structure&lt;/i&gt; fast. Networks (&lt;i&gt;loftr&lt;/i&gt;, &lt;i&gt;seasonal&lt;/i&gt;, ...) and training gain from an NVIDIA card. The CUDA build wants a driver of version 580 or newer and a card of 2018 (Turing) or newer. On Apple silicon there is one build, which uses the Apple GPU.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Alle Matcher laufen auf der CPU, &lt;i&gt;structure&lt;/i&gt; schnell. Netze (&lt;i&gt;loftr&lt;/i&gt;, &lt;i&gt;seasonal&lt;/i&gt;, ...) und Training gewinnen durch eine NVIDIA-Karte. Die CUDA-Fassung verlangt einen Treiber ab Version 580 und eine Karte ab 2018 (Turing). Auf Apple Silicon gibt es eine Fassung, die Apples GPU benutzt.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;p&gt;Finds where each piece of the &lt;i&gt;reference&lt;/i&gt; lies in the &lt;i&gt;target&lt;/i&gt;. The two may come from any dates, seasons or sensors, and differ in pixel size and CRS: snow against summer is what it was made for.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Findet, wo jedes Stück der &lt;i&gt;Referenz&lt;/i&gt; im &lt;i&gt;Ziel&lt;/i&gt; liegt. Beide dürfen von beliebigen Terminen, aus beliebigen Jahreszeiten und von beliebigen Sensoren stammen und verschiedene Pixelgrößen und KBS haben: Schnee gegen Sommer ist das, wofür es gemacht wurde.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;p&gt;The result are &lt;b&gt;tie points&lt;/b&gt;, a transformation fitted to them, and an error that is &lt;b&gt;cross-validated&lt;/b&gt;: it is measured on points that were held out, not on those that were fitted.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Das Ergebnis sind &lt;b&gt;Verknüpfungspunkte&lt;/b&gt;, eine daran angepasste Transformation und ein Fehler, der &lt;b&gt;kreuzvalidiert&lt;/b&gt; ist: er ist an zurückgehaltenen Punkten gemessen, nicht an den angepassten.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;p&gt;&lt;b&gt;STATUS&lt;/b&gt; says: &lt;i&gt;ok&lt;/i&gt;; &lt;i&gt;low_confidence&lt;/i&gt;, when the points are few, clustered, or two answers compete; &lt;i&gt;no_match&lt;/i&gt;, when nothing can be trusted. &lt;b&gt;CE90&lt;/b&gt; is the distance in metres below which nine of ten errors lie. &lt;b&gt;MESSAGES&lt;/b&gt; tells what was chosen and why.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;STATUS&lt;/b&gt; sagt: &lt;i&gt;ok&lt;/i&gt;; &lt;i&gt;low_confidence&lt;/i&gt; bei wenigen oder gehäuften Punkten oder wenn zwei Antworten einander widersprechen; &lt;i&gt;no_match&lt;/i&gt;, wenn nichts verlässlich ist. &lt;b&gt;CE90&lt;/b&gt; ist der Abstand in Metern, unter dem neun von zehn Fehlern liegen. &lt;b&gt;MESSAGES&lt;/b&gt; sagt, was gewählt wurde und warum.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;h3&gt;Matchers&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Matcher&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;p&gt;&lt;b&gt;auto&lt;/b&gt; takes &lt;i&gt;structure&lt;/i&gt; where both rasters are georeferenced: start there. Where one of them has no CRS, or nothing matches within the &lt;i&gt;largest displacement looked for&lt;/i&gt; of where the georeferencing says, &lt;b&gt;auto&lt;/b&gt; looks for the whole target at every rotation, at scales from a half to twice, and at every shift; windows all over the image must then confirm what was found. &lt;i&gt;Guided&lt;/i&gt; matchers look around the place that the georeferencing says, &lt;i&gt;free&lt;/i&gt; ones need none. What a free matcher finds is confirmed and refined by &lt;i&gt;structure&lt;/i&gt; in the same way with the option &lt;b&gt;refine=yes&lt;/b&gt;. Networks need &lt;b&gt;weights&lt;/b&gt;, which &lt;i&gt;Weights of matchers&lt;/i&gt; fetches when you ask it to; nothing is downloaded by itself. &lt;b&gt;Options&lt;/b&gt; (in brackets: what they may be; the default) go into &lt;i&gt;Options of the matcher&lt;/i&gt;, as &lt;i&gt;weights=indoor threshold=0.4&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;auto&lt;/b&gt; nimmt &lt;i&gt;structure&lt;/i&gt;, wenn beide Raster georeferenziert sind: damit beginnen. Hat eines kein KBS, oder passt innerhalb der &lt;i&gt;größten gesuchten Verschiebung&lt;/i&gt; nichts dort, wo die Georeferenzierung es sagt, so sucht &lt;b&gt;auto&lt;/b&gt; das ganze Ziel bei jeder Drehung, in Maßstäben vom Halben bis zum Doppelten und bei jeder Verschiebung; Fenster im ganzen Bild müssen den Fund dann bestätigen. &lt;i&gt;Geführte&lt;/i&gt; Matcher suchen um die Stelle, die die Georeferenzierung nennt, &lt;i&gt;freie&lt;/i&gt; brauchen keine. Was ein freier Matcher findet, bestätigt und verfeinert &lt;i&gt;structure&lt;/i&gt; ebenso mit der Option &lt;b&gt;refine=yes&lt;/b&gt;. Netze brauchen &lt;b&gt;Gewichte&lt;/b&gt;, die &lt;i&gt;Gewichte der Matcher&lt;/i&gt; holt, wenn Sie es verlangen; nichts wird von selbst heruntergeladen. &lt;b&gt;Optionen&lt;/b&gt; (in Klammern: was sie sein dürfen; die Vorgabe) stehen in &lt;i&gt;Optionen des Matchers&lt;/i&gt;, wie &lt;i&gt;weights=indoor threshold=0.4&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;h3&gt;Next&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Danach&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;p&gt;Filter or mend the points, then use &lt;i&gt;Warp raster by tie points&lt;/i&gt;. &lt;i&gt;Co-register raster&lt;/i&gt; does both in one step.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Die Punkte filtern oder verbessern, dann &lt;i&gt;Raster mit Verknüpfungspunkten entzerren&lt;/i&gt;. &lt;i&gt;Raster koregistrieren&lt;/i&gt; tut beides in einem Schritt.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;Most matchers are &lt;i&gt;networks&lt;/i&gt;, and a network is of no use without its &lt;b&gt;weights&lt;/b&gt;: a file of a few to some hundred megabytes that its authors publish. Nothing is ever downloaded by itself; this is the place where you say that it should be. Matchers that need no weights: &lt;i&gt;structure&lt;/i&gt; (the default), &lt;i&gt;phase&lt;/i&gt;, &lt;i&gt;sift&lt;/i&gt;, &lt;i&gt;akaze&lt;/i&gt;, &lt;i&gt;orb&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Die meisten Matcher sind &lt;i&gt;Netze&lt;/i&gt;, und ein Netz nützt nichts ohne seine &lt;b&gt;Gewichte&lt;/b&gt;: eine Datei von einigen bis zu einigen hundert Megabyte, die seine Autoren veröffentlichen. Nichts wird je von selbst heruntergeladen; hier sagen Sie, dass es geschehen soll. Ohne Gewichte arbeiten: &lt;i&gt;structure&lt;/i&gt; (voreingestellt), &lt;i&gt;phase&lt;/i&gt;, &lt;i&gt;sift&lt;/i&gt;, &lt;i&gt;akaze&lt;/i&gt;, &lt;i&gt;orb&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;&lt;b&gt;list&lt;/b&gt;: a table of all models: &lt;i&gt;name&lt;/i&gt;, &lt;i&gt;title&lt;/i&gt;, the &lt;i&gt;matchers&lt;/i&gt; that use it, &lt;i&gt;licence&lt;/i&gt;, &lt;i&gt;size_mb&lt;/i&gt;, &lt;i&gt;state&lt;/i&gt; (ready, shipped with the plugin, partial, damaged, missing), &lt;i&gt;path&lt;/i&gt;, whether it is &lt;i&gt;non_commercial&lt;/i&gt;, &lt;i&gt;source&lt;/i&gt;, &lt;i&gt;url&lt;/i&gt; and a &lt;i&gt;note&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;list&lt;/b&gt;: eine Tabelle aller Modelle: &lt;i&gt;name&lt;/i&gt;, &lt;i&gt;title&lt;/i&gt;, die &lt;i&gt;matchers&lt;/i&gt;, die es benutzen, &lt;i&gt;licence&lt;/i&gt;, &lt;i&gt;size_mb&lt;/i&gt;, &lt;i&gt;state&lt;/i&gt; (ready, shipped: mit dem Plugin geliefert, partial: unvollständig, damaged: beschädigt, missing: fehlt), &lt;i&gt;path&lt;/i&gt;, ob es &lt;i&gt;non_commercial&lt;/i&gt; ist, &lt;i&gt;source&lt;/i&gt;, &lt;i&gt;url&lt;/i&gt; und eine &lt;i&gt;note&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;&lt;b&gt;download&lt;/b&gt;: fetches one model from its authors' own addresses, one after the other until one answers, through the proxy of QGIS's settings (Settings &amp;gt; Options &amp;gt; Network) or of the system. A download that was cut or cancelled goes on where it stopped. The SHA-256 is compared with the published one, where there is one.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;download&lt;/b&gt;: holt ein Modell von den Adressen seiner Autoren, eine nach der anderen, bis eine antwortet, über den Proxy der QGIS-Einstellungen (Einstellungen &amp;gt; Optionen &amp;gt; Netzwerk) oder des Systems. Ein abgerissener oder abgebrochener Download geht dort weiter, wo er aufhörte. Die SHA-256-Prüfsumme wird mit der veröffentlichten verglichen, wo es eine gibt.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;&lt;b&gt;import&lt;/b&gt;: takes a file that you have, under the names that its authors give its tensors: LoFTR, LightGlue, ALIKED, DISK, XFeat, DeDoDe, SuperPoint and SuperGlue (Magic Leap's or that of transformers), EfficientLoFTR, also weights that you trained further with the same network. What &lt;i&gt;Train matcher&lt;/i&gt; wrote needs no name: it becomes a model of its own (as &lt;i&gt;loftr_tuned&lt;/i&gt;) beside the published one, and the matcher takes it with the option &lt;i&gt;weights=tuned&lt;/i&gt;. This is the way for a computer without a connection.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;import&lt;/b&gt;: nimmt eine Datei, die Sie haben, mit den Namen, die ihre Autoren den Tensoren geben: LoFTR, LightGlue, ALIKED, DISK, XFeat, DeDoDe, SuperPoint und SuperGlue (von Magic Leap oder von transformers), EfficientLoFTR, auch Gewichte, die Sie mit demselben Netz weitertrainiert haben. Was &lt;i&gt;Matcher trainieren&lt;/i&gt; schrieb, braucht keinen Namen: es wird ein eigenes Modell (wie &lt;i&gt;loftr_tuned&lt;/i&gt;) neben dem veröffentlichten, und der Matcher nimmt es mit der Option &lt;i&gt;weights=tuned&lt;/i&gt;. Das ist der Weg für einen Rechner ohne Verbindung.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;&lt;b&gt;remove&lt;/b&gt;: deletes one model from the folder of weights. What ships with the plugin stays.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;remove&lt;/b&gt;: löscht ein Modell aus dem Ordner der Gewichte. Was mit dem Plugin kommt, bleibt.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;h3&gt;Safe&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Sicher&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;A file of weights can carry a program. None is run: files are read as plain numbers (&lt;i&gt;.safetensors&lt;/i&gt;, or PyTorch with &lt;i&gt;weights_only&lt;/i&gt;), compared with the network tensor by tensor, and stored as &lt;i&gt;.safetensors&lt;/i&gt;. A file that holds anything else, does not fit, is damaged or far too large is refused, and what was there before stays.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Eine Datei mit Gewichten kann ein Programm enthalten. Keines wird ausgeführt: Dateien werden als reine Zahlen gelesen (&lt;i&gt;.safetensors&lt;/i&gt; oder PyTorch mit &lt;i&gt;weights_only&lt;/i&gt;), Tensor für Tensor mit dem Netz verglichen und als &lt;i&gt;.safetensors&lt;/i&gt; abgelegt. Eine Datei, die anderes enthält, nicht passt, beschädigt oder viel zu groß ist, wird abgelehnt, und was vorher da war, bleibt.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;h3&gt;Not for commercial use&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Nicht für kommerziellen Gebrauch&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;SuperPoint and SuperGlue: Magic Leap publishes them for academic and non-profit research only. They are neither downloaded nor imported without the tick &lt;b&gt;ACCEPT_LICENCE&lt;/b&gt;. They, LightGlue for SuperPoint and EfficientLoFTR also need the library &lt;i&gt;transformers&lt;/i&gt; in the engine's environment; the message says how to install it.&lt;/p&gt;</source>
      <translation>&lt;p&gt;SuperPoint und SuperGlue: Magic Leap veröffentlicht sie nur für akademische und nicht gewinnorientierte Forschung. Ohne das Häkchen &lt;b&gt;ACCEPT_LICENCE&lt;/b&gt; werden sie weder heruntergeladen noch importiert. Sie, LightGlue für SuperPoint und EfficientLoFTR brauchen außerdem die Bibliothek &lt;i&gt;transformers&lt;/i&gt; in der Umgebung der Engine; die Meldung sagt, wie sie installiert wird.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;p&gt;Makes one GeoTIFF of the bands of a Sentinel-2 product, on one pixel grid and ready to be matched, compared or trained on. Level-1C and Level-2A of every processing baseline; nothing is unpacked, and only what is asked for is read.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Macht aus den Kanälen eines Sentinel-2-Produkts ein GeoTIFF, auf einem Pixelgitter und fertig zum Zuordnen, Vergleichen oder Trainieren. Level-1C und Level-2A jeder Prozessierungs-Baseline; nichts wird entpackt, und nur was verlangt ist, wird gelesen.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;h3&gt;The product&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Das Produkt&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;p&gt;The &lt;b&gt;.SAFE folder&lt;/b&gt; (the ending may be missing), its &lt;b&gt;zip&lt;/b&gt;, or its &lt;b&gt;MTD_MSIL1C.xml&lt;/b&gt; or &lt;b&gt;MTD_MSIL2A.xml&lt;/b&gt;. If images are missing, the message says which, and what the product does have. Products from before December 2016 hold several tiles: give the metadata file in the folder of one of them, in GRANULE.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Der &lt;b&gt;.SAFE-Ordner&lt;/b&gt; (die Endung darf fehlen), dessen &lt;b&gt;zip&lt;/b&gt; oder dessen &lt;b&gt;MTD_MSIL1C.xml&lt;/b&gt; oder &lt;b&gt;MTD_MSIL2A.xml&lt;/b&gt;. Fehlen Bilder, sagt die Meldung, welche, und was das Produkt hat. Produkte von vor Dezember 2016 enthalten mehrere Kacheln: die Metadatendatei im Ordner einer davon angeben, in GRANULE.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;p&gt;The same product can also be given straight to &lt;i&gt;Match rasters&lt;/i&gt;, &lt;i&gt;Co-register raster&lt;/i&gt; and &lt;i&gt;Warp raster&lt;/i&gt;: they take its finest bands.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Dasselbe Produkt kann auch direkt &lt;i&gt;Raster zuordnen&lt;/i&gt;, &lt;i&gt;Raster koregistrieren&lt;/i&gt; und &lt;i&gt;Raster mit Verknüpfungspunkten entzerren&lt;/i&gt; gegeben werden: sie nehmen seine feinsten Kanäle.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;h3&gt;Bands and pixel size&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Kanäle und Pixelgröße&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;p&gt;Bands by name, &lt;i&gt;B01&lt;/i&gt; to &lt;i&gt;B12&lt;/i&gt;, &lt;i&gt;B8A&lt;/i&gt;, &lt;i&gt;TCI&lt;/i&gt;, &lt;i&gt;SCL&lt;/i&gt;, &lt;i&gt;AOT&lt;/i&gt;, &lt;i&gt;WVP&lt;/i&gt;, or &lt;i&gt;RGB&lt;/i&gt;, &lt;i&gt;RGBN&lt;/i&gt;, &lt;i&gt;CIR&lt;/i&gt;, &lt;i&gt;SWIR&lt;/i&gt;, &lt;i&gt;10m&lt;/i&gt;, &lt;i&gt;20m&lt;/i&gt;, &lt;i&gt;60m&lt;/i&gt;, &lt;i&gt;all&lt;/i&gt;. With a pixel size, each band comes from its image of that size, else from the next finer one (averaged), else from a coarser one (interpolated); the log says which.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Kanäle nach Namen, &lt;i&gt;B01&lt;/i&gt; bis &lt;i&gt;B12&lt;/i&gt;, &lt;i&gt;B8A&lt;/i&gt;, &lt;i&gt;TCI&lt;/i&gt;, &lt;i&gt;SCL&lt;/i&gt;, &lt;i&gt;AOT&lt;/i&gt;, &lt;i&gt;WVP&lt;/i&gt;, oder &lt;i&gt;RGB&lt;/i&gt;, &lt;i&gt;RGBN&lt;/i&gt;, &lt;i&gt;CIR&lt;/i&gt;, &lt;i&gt;SWIR&lt;/i&gt;, &lt;i&gt;10m&lt;/i&gt;, &lt;i&gt;20m&lt;/i&gt;, &lt;i&gt;60m&lt;/i&gt;, &lt;i&gt;all&lt;/i&gt;. Mit einer Pixelgröße kommt jeder Kanal aus seinem Bild dieser Größe, sonst aus dem nächstfeineren (gemittelt), sonst aus einem gröberen (interpoliert); das Protokoll sagt, welches.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;h3&gt;Pixel values&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Pixelwerte&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;p&gt;&lt;i&gt;none&lt;/i&gt;: reflectance times 10000. From baseline 04.00 on the numbers in the files are 1000 higher; that offset is taken off, as the metadata say, so that dates before and after compare. Such results are int16 with nodata -32768, because dark pixels may lie below zero; earlier ones uint16 with nodata 0. &lt;i&gt;reflectance&lt;/i&gt;: 0 to 1, float32. &lt;i&gt;threshold&lt;/i&gt;: 0 to 3000 (summer) or 8000 (snow), say, as 1 to 255. &lt;i&gt;percentile&lt;/i&gt;: the 2nd to the 98th percentile of each band, of what is not masked, as 1 to 255.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;i&gt;none&lt;/i&gt;: Reflexionsgrad mal 10000. Ab Baseline 04.00 sind die Zahlen in den Dateien um 1000 höher; dieser Versatz wird nach den Metadaten abgezogen, damit Termine davor und danach vergleichbar sind. Solche Ergebnisse sind int16 mit Nodata -32768, weil dunkle Pixel unter null liegen können; frühere uint16 mit Nodata 0. &lt;i&gt;reflectance&lt;/i&gt;: 0 bis 1, float32. &lt;i&gt;threshold&lt;/i&gt;: etwa 0 bis 3000 (Sommer) oder 8000 (Schnee) als 1 bis 255. &lt;i&gt;percentile&lt;/i&gt;: 2. bis 98. Perzentil jedes Kanals, von dem, was nicht maskiert ist, als 1 bis 255.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;p&gt;&lt;b&gt;Trains a matcher&lt;/b&gt; on a folder that &lt;i&gt;Build training set&lt;/i&gt; wrote: your own area, its seasons, its sensors. It takes pairs of dates of one place, warps one by a transformation that it knows (any rotation, scale, shift, tilt, bends), changes brightness and contrast, hides parts under made clouds, and teaches the network to find what is where. Before and after, it matches pairs of places that training never saw, and says what came of it.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;Trainiert einen Matcher&lt;/b&gt; mit einem Ordner, den &lt;i&gt;Trainingsdatensatz erstellen&lt;/i&gt; schrieb: Ihr eigenes Gebiet, seine Jahreszeiten, seine Sensoren. Paare von Terminen eines Ortes werden genommen, einer davon mit einer bekannten Transformation verzerrt (beliebige Drehung, Größe, Verschiebung, Neigung, Biegung), Helligkeit und Kontrast geändert, Teile unter künstlichen Wolken verborgen, und das Netz lernt zu finden, was wo ist. Davor und danach werden Paare von Orten zugeordnet, die das Training nie sah, und gesagt, was dabei herauskam.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;h3&gt;Start from&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Beginnen mit&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;tr&gt;&lt;td&gt;&lt;b&gt;seasonal&lt;/b&gt;&lt;/td&gt;&lt;td&gt;this plugin's own network, untrained: describes edges by hand-made filters, and learns the rest&lt;/td&gt;&lt;/tr&gt;</source>
      <translation>&lt;tr&gt;&lt;td&gt;&lt;b&gt;seasonal&lt;/b&gt;&lt;/td&gt;&lt;td&gt;das eigene Netz dieses Plugins, untrainiert: beschreibt Kanten mit von Hand gemachten Filtern und lernt den Rest&lt;/td&gt;&lt;/tr&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;tr&gt;&lt;td&gt;&lt;b&gt;seasonal-shipped&lt;/b&gt;&lt;/td&gt;&lt;td&gt;the same with the weights that come with the plugin: less data and time are needed&lt;/td&gt;&lt;/tr&gt;</source>
      <translation>&lt;tr&gt;&lt;td&gt;&lt;b&gt;seasonal-shipped&lt;/b&gt;&lt;/td&gt;&lt;td&gt;dasselbe mit den mitgelieferten Gewichten: braucht weniger Daten und Zeit&lt;/td&gt;&lt;/tr&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;tr&gt;&lt;td&gt;&lt;b&gt;superpoint-superglue&lt;/b&gt;, &lt;b&gt;...-lightglue&lt;/b&gt;, &lt;b&gt;xfeat-lighterglue&lt;/b&gt;&lt;/td&gt;&lt;td&gt;the published matcher learns, its keypoints stay as they are; weights from the model store&lt;/td&gt;&lt;/tr&gt;</source>
      <translation>&lt;tr&gt;&lt;td&gt;&lt;b&gt;superpoint-superglue&lt;/b&gt;, &lt;b&gt;...-lightglue&lt;/b&gt;, &lt;b&gt;xfeat-lighterglue&lt;/b&gt;&lt;/td&gt;&lt;td&gt;der veröffentlichte Matcher lernt, seine Merkmalspunkte bleiben, wie sie sind; Gewichte aus dem Modellspeicher&lt;/td&gt;&lt;/tr&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;tr&gt;&lt;td&gt;&lt;b&gt;loftr&lt;/b&gt;&lt;/td&gt;&lt;td&gt;LoFTR with its outdoor weights, all of it&lt;/td&gt;&lt;/tr&gt;</source>
      <translation>&lt;tr&gt;&lt;td&gt;&lt;b&gt;loftr&lt;/b&gt;&lt;/td&gt;&lt;td&gt;LoFTR mit seinen Gewichten outdoor, das ganze Netz&lt;/td&gt;&lt;/tr&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;p&gt;&lt;b&gt;Start from a file of weights instead&lt;/b&gt;: one that training wrote before. SuperPoint and SuperGlue are not for commercial use, and neither is what is trained from them.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;Stattdessen mit einer Gewichtedatei beginnen&lt;/b&gt;: mit einer, die ein früheres Training schrieb. SuperPoint und SuperGlue sind nicht für kommerziellen Gebrauch, und was daraus trainiert wird, auch nicht.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;h3&gt;How long&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Wie lange&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;p&gt;An &lt;b&gt;epoch&lt;/b&gt; is as many pairs as there are pictures to learn from. A &lt;b&gt;time limit&lt;/b&gt; ends the run earlier, and the learning rate is fitted to it, so that a short run is a whole one. On a graphics card go for 20,000 steps and more; on a processor an hour or two of &lt;i&gt;seasonal&lt;/i&gt; is of use, of the others a day is little. Where memory is not enough for a batch, it is halved, and the gradients of more of them are added up.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Eine &lt;b&gt;Epoche&lt;/b&gt; sind so viele Paare, wie es Bilder zum Lernen gibt. Eine &lt;b&gt;Zeitgrenze&lt;/b&gt; beendet den Lauf früher, und die Lernrate wird darauf abgestimmt, sodass auch ein kurzer Lauf ein ganzer ist. Auf einer Grafikkarte 20.000 Schritte und mehr vorsehen; auf einem Prozessor sind ein bis zwei Stunden für &lt;i&gt;seasonal&lt;/i&gt; brauchbar, für die anderen ist ein Tag wenig. Reicht der Speicher für einen Stapel nicht, wird er halbiert, und die Gradienten von mehr Stapeln werden addiert.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;h3&gt;Stopped and continued&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Anhalten und weitermachen&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;p&gt;At least twice a minute everything is kept in the &lt;b&gt;run folder&lt;/b&gt; (left empty: WEIGHTS.training, beside the weights). A run that was cancelled or killed goes on from there if it is started again with the same parameters, and says so; epochs, time limit, batch and learning rate may change, which the log says too. With another training set, seed or start it is refused: name another folder. The run folder is removed when the weights are written, unless you named it.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Mindestens zweimal in der Minute wird alles im &lt;b&gt;Ordner des Laufs&lt;/b&gt; gesichert (leer: WEIGHTS.training, neben den Gewichten). Ein abgebrochener oder abgeschossener Lauf geht von dort weiter, wenn er mit denselben Parametern wieder gestartet wird, und sagt es; Epochen, Zeitgrenze, Stapel und Lernrate dürfen sich ändern, was das Protokoll auch sagt. Mit anderem Trainingsdatensatz, Startwert oder Beginn wird er abgelehnt: dann einen anderen Ordner nennen. Der Ordner des Laufs wird entfernt, wenn die Gewichte geschrieben sind, außer Sie haben ihn genannt.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;h3&gt;Is it better?&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Ist es besser?&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;p&gt;Every few minutes some held-out pairs, of two real dates and a known transformation, are matched; the weights that did best are those that are written. In the end &lt;i&gt;Held-out pairs before and after&lt;/i&gt; are matched by what training began with and by what it made: shares of matches within 1 and 3 pixels of the truth, with 95 % intervals over the pairs. &lt;b&gt;Better&lt;/b&gt; is 1 only where that can be said with 95 % confidence; if it is 0, do not use the weights: train longer, or on more places. The pairs are of places of the split &lt;i&gt;test&lt;/i&gt;, else of &lt;i&gt;validation&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Alle paar Minuten werden einige zurückgehaltene Paare zugeordnet, aus zwei echten Terminen und mit bekannter Transformation; geschrieben werden die Gewichte, die dabei am besten waren. Am Ende werden &lt;i&gt;Zurückgehaltene Paare vor und nach dem Training&lt;/i&gt; mit dem zugeordnet, womit das Training begann, und mit dem, was es ergab: Anteile der Zuordnungen innerhalb von 1 und 3 Pixeln der Wahrheit, mit 95-%-Intervallen über die Paare. &lt;b&gt;Besser&lt;/b&gt; ist nur dann 1, wenn sich das mit 95 % Sicherheit sagen lässt; ist es 0, die Gewichte nicht benutzen: länger trainieren oder mit mehr Orten. Die Paare sind von Orten des Teils &lt;i&gt;test&lt;/i&gt;, sonst &lt;i&gt;validation&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/warpraster.html"></location>
      <source>&lt;p&gt;Fits a transformation to &lt;i&gt;tie points&lt;/i&gt; and warps a raster with it, block by block, in bounded memory.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Passt eine Transformation an &lt;i&gt;Verknüpfungspunkte&lt;/i&gt; an und entzerrt damit ein Raster, Block für Block, mit begrenztem Speicher.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/warpraster.html"></location>
      <source>&lt;p&gt;The tie points come from &lt;i&gt;Match rasters&lt;/i&gt;, as they are, filtered (for example by &lt;i&gt;score&lt;/i&gt;), or edited: a point's &lt;b&gt;position&lt;/b&gt; is where the content belongs, its fields &lt;b&gt;tgt_x, tgt_y&lt;/b&gt; are where the raster shows it, in the raster's CRS (column and row if it has none). Points whose field &lt;b&gt;inlier&lt;/b&gt; is false are left out; points added by hand, with nothing in that field, are used.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Die Verknüpfungspunkte kommen von &lt;i&gt;Raster zuordnen&lt;/i&gt;, unverändert, gefiltert (etwa nach &lt;i&gt;score&lt;/i&gt;) oder bearbeitet: die &lt;b&gt;Lage&lt;/b&gt; eines Punktes ist, wohin der Inhalt gehört, seine Felder &lt;b&gt;tgt_x, tgt_y&lt;/b&gt; sind, wo das Raster ihn zeigt, im KBS des Rasters (Spalte und Zeile, wenn es keines hat). Punkte, deren Feld &lt;b&gt;inlier&lt;/b&gt; falsch ist, werden ausgelassen; von Hand hinzugefügte Punkte, bei denen dieses Feld leer ist, werden benutzt.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/warpraster.html"></location>
      <source>&lt;p&gt;Other rasters of the same scene, as further bands, can be warped with the same points.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Andere Raster derselben Szene, etwa weitere Kanäle, können mit denselben Punkten entzerrt werden.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/warpraster.html"></location>
      <source>&lt;h3&gt;The grid of the result&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Das Gitter des Ergebnisses&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/warpraster.html"></location>
      <source>&lt;p&gt;With a raster whose grid is to be taken, pixel lies on pixel with it. Without, the result has the grid of the raster itself.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Mit einem Raster, dessen Gitter übernommen wird, liegt Pixel auf Pixel mit ihm. Ohne hat das Ergebnis das Gitter des Rasters selbst.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}: the layer's CRS {layer} is used, not its file's {file}.</source>
      <translation>{name}: benutzt wird das KBS des Layers, {layer}, nicht das seiner Datei, {file}.</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>(none)</source>
      <translation>(keines)</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}, band {band}: the additional nodata values set in the layer properties are not used: only one value can be. Write them into the file first (gdal:translate).</source>
      <translation>{name}, Kanal {band}: die zusätzlichen Nodata-Werte der Layereigenschaften werden nicht benutzt: nur ein Wert ist möglich. Sie erst in die Datei schreiben (gdal:translate).</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}: {path} cannot be opened.</source>
      <translation>{name}: {path} kann nicht geöffnet werden.</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name} has no file, and {columns} x {rows} pixels of it would have to be fetched; at most {limit} million are: set a smaller EXTENT, or save the part you need as GeoTIFF and use that.</source>
      <translation>{name} hat keine Datei, und {columns} x {rows} Pixel müssten geholt werden; erlaubt sind höchstens {limit} Millionen: eine kleinere Ausdehnung (EXTENT) setzen oder den gebrauchten Teil als GeoTIFF speichern und diesen benutzen.</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name} has no file: {columns} x {rows} pixels of it are written to a temporary one.</source>
      <translation>{name} hat keine Datei: {columns} x {rows} Pixel davon werden in eine vorläufige geschrieben.</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}: the layer cannot be read.</source>
      <translation>{name}: der Layer kann nicht gelesen werden.</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}: the layer could not be written to a temporary file (error {error}; {details}).</source>
      <translation>{name}: der Layer konnte nicht in eine vorläufige Datei geschrieben werden (Fehler {error}; {details}).</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}: parts could not be read: {details}</source>
      <translation>{name}: Teile konnten nicht gelesen werden: {details}</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name} covers the world and has no pixels of its own: set EXTENT.</source>
      <translation>{name} deckt die ganze Welt ab und hat keine eigenen Pixel: EXTENT setzen.</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}: the area cannot be expressed in the layer's CRS: {error}</source>
      <translation>{name}: das Gebiet lässt sich im KBS des Layers nicht ausdrücken: {error}</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name} does not cover the area that is needed: it covers {extent} ({crs}).</source>
      <translation>{name} deckt das gebrauchte Gebiet nicht ab, nur {extent} ({crs}).</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>Neither raster has pixels of its own: save {name} over the part you need as GeoTIFF, and use that.</source>
      <translation>Keines der Raster hat eigene Pixel: {name} für den gebrauchten Teil als GeoTIFF speichern und das benutzen.</translation>
    </message>
    <message>
      <location filename="../processing/match_rasters.py"></location>
      <source>Tie points are looked for in this part of the reference only. Any CRS.</source>
      <translation>Verknüpfungspunkte werden nur in diesem Teil der Referenz gesucht. Beliebiges KBS.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>The raster that counts as right; it stays put.</source>
      <translation>Das Raster, das als richtig gilt; es bleibt, wo es ist.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>The raster whose displacement is measured: any date, season, sensor, pixel size and CRS.</source>
      <translation>Das Raster, dessen Verschiebung gemessen wird; Termin, Jahreszeit, Sensor, Pixelgröße und KBS sind beliebig.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Points in the reference, with where the target shows them, the score, and the distance to the model.</source>
      <translation>Punkte in der Referenz, mit der Stelle, an der das Ziel sie zeigt, der Güte und dem Abstand zum Modell.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Shift vectors</source>
      <translation>Verschiebungsvektoren</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Lines from the place in the reference to where the target shows it, in the CRS of the reference.</source>
      <translation>Linien von der Stelle in der Referenz dorthin, wo das Ziel sie zeigt, im KBS der Referenz.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Ground control points for the Georeferencer</source>
      <translation>Passpunkte für die Georeferenzierung</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Georeferencer points (*.points)</source>
      <translation>Punkte der Georeferenzierung (*.points)</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Open the target in the Georeferencer (menu Layer; in QGIS 3.22 menu Raster) and load this file, to work on the points by hand.</source>
      <translation>Das Ziel in der Georeferenzierung öffnen (Menü Layer, in QGIS 3.22 Menü Raster) und diese Datei laden, um die Punkte von Hand zu bearbeiten.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>What was done and chosen, how good the result is, and pictures of it, in one file.</source>
      <translation>Was getan und gewählt wurde, wie gut das Ergebnis ist, und Bilder davon, in einer Datei.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Match figure</source>
      <translation>Bild der Zuordnungen</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>A picture of both rasters side by side, with lines between the tie points.</source>
      <translation>Ein Bild beider Raster nebeneinander, mit Linien zwischen den Verknüpfungspunkten.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Number of tie points</source>
      <translation>Anzahl der Verknüpfungspunkte</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Number of tie points that agree with the transformation</source>
      <translation>Anzahl der Verknüpfungspunkte, die zur Transformation passen</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>RMSE, cross-validated (metres)</source>
      <translation>RMSE, kreuzvalidiert (Meter)</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>CE90, cross-validated (metres)</source>
      <translation>CE90, kreuzvalidiert (Meter)</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Median displacement of the target in x (units of the reference's CRS)</source>
      <translation>Median der Verschiebung des Ziels in x (Einheiten des Referenz-KBS)</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Median displacement of the target in y (units of the reference's CRS)</source>
      <translation>Median der Verschiebung des Ziels in y (Einheiten des Referenz-KBS)</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Status: ok, low_confidence or no_match</source>
      <translation>Status: ok, low_confidence oder no_match</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Tie points: where pieces of {reference} are found in {target}.</source>
      <translation>Verknüpfungspunkte: wo Stücke von {reference} in {target} gefunden werden.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Shift vectors: from each place in {reference} to where {target} shows it.</source>
      <translation>Verschiebungsvektoren: von jeder Stelle in {reference} dorthin, wo {target} sie zeigt.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>There are no shift vectors: the rasters have no common CRS to measure a shift in.</source>
      <translation>Es gibt keine Verschiebungsvektoren: die Raster haben kein gemeinsames KBS, in dem sich eine Verschiebung messen ließe.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>; cross-validated RMSE {rmse:.2f} m ({px:.2f} pixels), CE90 {ce90:.2f} m</source>
      <translation>; kreuzvalidierter RMSE {rmse:.2f} m ({px:.2f} Pixel), CE90 {ce90:.2f} m</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Status ok: {figures}</source>
      <translation>Status ok: {figures}</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>LOW CONFIDENCE, look before you use it: {figures}</source>
      <translation>UNSICHER, vor Gebrauch ansehen: {figures}</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>NO MATCH: {figures}</source>
      <translation>KEINE ZUORDNUNG: {figures}</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>{inliers} of {count} tie points agree</source>
      <translation>{inliers} von {count} Verknüpfungspunkten stimmen überein</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>, CE90 {ce90:.2f} m ({px:.2f} px)</source>
      <translation>, CE90 {ce90:.2f} m ({px:.2f} px)</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Report of the match</source>
      <translation>Bericht über die Zuordnung</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Result: {parts}.</source>
      <translation>Ergebnis: {parts}.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>list: which models there are, and which are on this computer. download: fetch one from where its authors publish it. import: take one from FILE. remove: delete one from the folder of weights.</source>
      <translation>list: welche Modelle es gibt und welche auf diesem Rechner sind. download: eines von dort holen, wo seine Autoren es veröffentlichen. import: eines aus FILE nehmen. remove: eines aus dem Ordner der Gewichte löschen.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Model</source>
      <translation>Modell</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>The model to download, import or remove. all is for list, and for a FILE whose name tells.</source>
      <translation>Das Modell, das heruntergeladen, importiert oder entfernt wird. all gilt für list und für eine Datei (FILE), deren Name das Modell verrät.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>File to import</source>
      <translation>Zu importierende Datei</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Weights (*.safetensors *.pth *.pt *.ckpt *.bin *.tar);;All files (*)</source>
      <translation>Gewichte (*.safetensors *.pth *.pt *.ckpt *.bin *.tar);;Alle Dateien (*)</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Weights as their authors publish them, or trained further. The file is read without running anything in it, compared with the network, and copied as .safetensors.</source>
      <translation>Gewichte, wie ihre Autoren sie veröffentlichen, oder weitertrainierte. Die Datei wird gelesen, ohne etwas darin auszuführen, mit dem Netz verglichen und als .safetensors kopiert.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>I may use weights that are not for commercial use</source>
      <translation>Ich darf Gewichte benutzen, die nicht für kommerziellen Gebrauch sind</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>SuperPoint and SuperGlue were published by Magic Leap for academic and non-profit research only. Without this tick such weights are neither downloaded nor imported.</source>
      <translation>SuperPoint und SuperGlue hat Magic Leap nur für akademische und nicht gewinnorientierte Forschung veröffentlicht. Ohne dieses Häkchen werden solche Gewichte weder heruntergeladen noch importiert.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Folder of weights</source>
      <translation>Ordner der Gewichte</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Left empty: the folder in which the matchers look, which is the one of the plugin's settings, else the one that SENTINEL_MATCH_MODELS names, else one in your user's data.</source>
      <translation>Leer: der Ordner, in dem die Matcher nachsehen, nämlich der in den Einstellungen des Plugins, sonst der, den SENTINEL_MATCH_MODELS nennt, sonst einer in den Benutzerdaten.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Models</source>
      <translation>Modelle</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>One row a model: licence, size, whether it is on this computer and where, who publishes it.</source>
      <translation>Eine Zeile je Modell: Lizenz, Größe, ob und wo es auf diesem Rechner ist, wer es veröffentlicht.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Number of models of the table that are ready to use</source>
      <translation>Anzahl der Modelle der Tabelle, die bereit sind</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>MODEL: which model? {action} needs the name of one.</source>
      <translation>MODEL: welches Modell? {action} braucht den Namen eines Modells.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>FILE: which file? import needs the path of a file of weights.</source>
      <translation>FILE: welche Datei? import braucht den Pfad einer Datei mit Gewichten.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>FILE: a file is for import; {action} takes none.</source>
      <translation>FILE: eine Datei ist für import; {action} nimmt keine.</translation>
    </message>
    <message>
      <location filename="../processing/pair_facts.py"></location>
      <source>The reference and the target are the same raster: choose another one.</source>
      <translation>Referenz und Ziel sind dasselbe Raster: ein anderes wählen.</translation>
    </message>
    <message>
      <location filename="../processing/pair_facts.py"></location>
      <source>No CRS: {names}. Any place, rotation and scale will be tried (matcher auto or seasonal).</source>
      <translation>Kein KBS: {names}. Jeder Ort, jede Drehung und jeder Maßstab wird versucht (Matcher auto oder seasonal).</translation>
    </message>
    <message>
      <location filename="../processing/pair_facts.py"></location>
      <source>Whether they overlap is not known.</source>
      <translation>Ob sie überlappen, ist nicht bekannt.</translation>
    </message>
    <message>
      <location filename="../processing/pair_facts.py"></location>
      <source>Both show {width} x {height} km, {share:.0%} of the reference</source>
      <translation>Beide zeigen {width} x {height} km, {share:.0%} der Referenz</translation>
    </message>
    <message>
      <location filename="../processing/pair_facts.py"></location>
      <source>; compared at {pixel} m (reference {one} m, target {other} m); {shift} m are {count} pixels.</source>
      <translation>; verglichen bei {pixel} m (Referenz {one} m, Ziel {other} m); {shift} m sind {count} Pixel.</translation>
    </message>
    <message>
      <location filename="../processing/pair_facts.py"></location>
      <source>{target} and {reference} do not overlap, by their georeferencing. If one of them is georeferenced wrongly, use a copy of it without a CRS.</source>
      <translation>{target} und {reference} überlappen nach ihrer Georeferenzierung nicht. Ist eines falsch georeferenziert, eine Kopie davon ohne KBS benutzen.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>The band to look at. Left empty, the pair of bands that fits best is chosen by their names and wavelengths: red, then near infrared, then gray; structure also compares the others of red, near infrared, green and blue that both have. The log says which.</source>
      <translation>Der betrachtete Kanal. Leer: das am besten passende Paar von Kanälen wird nach Namen und Wellenlängen gewählt: Rot, dann nahes Infrarot, dann Grau; structure vergleicht auch die übrigen von Rot, nahem Infrarot, Grün und Blau, die beide haben. Das Protokoll sagt, welche.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Extent</source>
      <translation>Ausdehnung</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Area (polygons)</source>
      <translation>Gebiet (Polygone)</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Polygons that limit where tie points are looked for, in any CRS: a layer, its selected features, or a file. A GeoJSON file that names no CRS is in longitude and latitude.</source>
      <translation>Polygone, die begrenzen, wo Verknüpfungspunkte gesucht werden, in beliebigem KBS: ein Layer, seine gewählten Objekte oder eine Datei. Eine GeoJSON-Datei, die kein KBS nennt, ist in Länge und Breite.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Look inside or outside the area</source>
      <translation>Innerhalb oder außerhalb des Gebiets suchen</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>inside: only within the polygons. outside: everywhere else, as for clouds, water or forest that was felled.</source>
      <translation>inside: nur in den Polygonen. outside: überall sonst, etwa bei Wolken, Wasser oder gefälltem Wald.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>auto: guided by the georeferencing; where one raster has none, or nothing matches where it says, any rotation, scale and shift. structure: guided; compares the orientation of edges, so snow and summer match; needs no weights. phase: guided; phase correlation, for images of like season. sift, akaze, orb: free; classic keypoints, for images of one season. All others: free; networks, whose weights must be in the model store. The help has a table of them.</source>
      <translation>auto: von der Georeferenzierung geführt; wo ein Raster keine hat oder nichts dort passt, wo sie es sagt, jede Drehung, jeder Maßstab und jede Verschiebung. structure: geführt; vergleicht die Richtung von Kanten, so passen Schnee und Sommer zusammen; braucht keine Gewichte. phase: geführt; Phasenkorrelation, für Bilder ähnlicher Jahreszeit. sift, akaze, orb: frei; klassische Merkmalspunkte, für Bilder einer Jahreszeit. Alle anderen: frei; Netze, deren Gewichte im Modellspeicher liegen müssen. Die Hilfe hat eine Tabelle davon.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Options of the matcher</source>
      <translation>Optionen des Matchers</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Options that the chosen matcher has and others have not, with spaces between, as weights=indoor threshold=0.4. Left empty, each has its default. The table of matchers in the help says which there are.</source>
      <translation>Optionen, die der gewählte Matcher hat und andere nicht, mit Leerzeichen dazwischen, wie weights=indoor threshold=0.4. Leer: jede hat ihre Vorgabe. Die Tabelle der Matcher in der Hilfe sagt, welche es gibt.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Largest displacement looked for (metres)</source>
      <translation>Größte gesuchte Verschiebung (Meter)</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>How far the target may lie off. Guided matchers look no further. A smaller value is faster and surer.</source>
      <translation>Wie weit das Ziel daneben liegen darf. Geführte Matcher suchen nicht weiter. Ein kleinerer Wert ist schneller und sicherer.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Spacing of the tie points (reference pixels, 0 = chosen from the size)</source>
      <translation>Abstand der Verknüpfungspunkte (Referenzpixel, 0 = nach der Größe gewählt)</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>The distance between the places where a tie point is tried. Smaller means more points and more time.</source>
      <translation>Der Abstand der Stellen, an denen ein Verknüpfungspunkt versucht wird. Kleiner heißt mehr Punkte und mehr Zeit.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Transformation</source>
      <translation>Transformation</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>auto: the simplest one whose cross-validated error is not significantly worse than the best. shift, similarity, affine, homography, polynomial2, polynomial3: one formula for the whole image. thin_plate_spline, local: follow displacements that change over the image.</source>
      <translation>auto: die einfachste, deren kreuzvalidierter Fehler nicht signifikant schlechter als der beste ist. shift, similarity, affine, homography, polynomial2, polynomial3: eine Formel für das ganze Bild. thin_plate_spline, local: folgen Verschiebungen, die sich über das Bild ändern.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Smallest score (0 to 1)</source>
      <translation>Kleinste Güte (0 bis 1)</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Tie points with a score below this are left out of everything. The score says how sure a point is.</source>
      <translation>Verknüpfungspunkte mit kleinerer Güte werden aus allem ausgelassen. Die Güte sagt, wie sicher ein Punkt ist.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>auto: a CUDA card, else Apple's graphics (mps), else the processor (cpu). The log says which.</source>
      <translation>auto: eine CUDA-Karte, sonst Apples Grafik (mps), sonst der Prozessor (cpu). Das Protokoll sagt, was.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Device</source>
      <translation>Gerät</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>The same seed, rasters and parameters give the same result again.</source>
      <translation>Derselbe Startwert, dieselben Raster und Parameter geben wieder dasselbe Ergebnis.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Random seed</source>
      <translation>Startwert des Zufallsgenerators</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Resampling</source>
      <translation>Resampling</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>nearest keeps the values as they are (classes, masks); bilinear, cubic and lanczos are smoother, for images.</source>
      <translation>nearest lässt die Werte, wie sie sind (Klassen, Masken); bilinear, cubic und lanczos sind glatter, für Bilder.</translation>
    </message>
    <message>
      <location filename="../processing/points.py"></location>
      <source>TIE_POINTS: {layer} has no field {fields}: tie points need tgt_x and tgt_y, the place in the raster to be warped, as Match rasters writes them.</source>
      <translation>TIE_POINTS: {layer} hat kein Feld {fields}: Verknüpfungspunkte brauchen tgt_x und tgt_y, die Stelle im zu entzerrenden Raster, wie „Raster zuordnen“ sie schreibt.</translation>
    </message>
    <message>
      <location filename="../processing/points.py"></location>
      <source>TIE_POINTS: {layer} has no point that can be used: {outliers} are marked as outliers, {incomplete} have no position or no tgt_x, tgt_y.</source>
      <translation>TIE_POINTS: {layer} hat keinen brauchbaren Punkt: {outliers} sind als Ausreißer markiert, {incomplete} haben keine Lage oder kein tgt_x, tgt_y.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Sentinel-2 product (.SAFE folder, its zip, or its MTD_MSIL1C.xml or MTD_MSIL2A.xml)</source>
      <translation>Sentinel-2-Produkt (.SAFE-Ordner, seine zip oder seine MTD_MSIL1C.xml oder MTD_MSIL2A.xml)</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Sentinel-2 products (MTD_*.xml *MTD_*.xml *.zip);;All files (*)</source>
      <translation>Sentinel-2-Produkte (MTD_*.xml *MTD_*.xml *.zip);;Alle Dateien (*)</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Level-1C or Level-2A of any processing baseline. The path of the .SAFE folder can be typed or pasted; in the file dialog choose the MTD file in it, or the zip, which is read where it lies.</source>
      <translation>Level-1C oder Level-2A jeder Prozessierungs-Baseline. Der Pfad des .SAFE-Ordners kann getippt oder eingefügt werden; im Dateidialog die MTD-Datei darin wählen oder die zip, die gelesen wird, wo sie liegt.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Bands</source>
      <translation>Kanäle</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Names such as B04,B8A,SCL, in the order of the result: B01 to B12, B8A, TCI, SCL, AOT, WVP; or RGB, RGBN, CIR (B08 B04 B03), SWIR (B12 B8A B04), 10m, 20m, 60m, all. auto: the finest reflectance bands that the product has.</source>
      <translation>Namen wie B04,B8A,SCL, in der Reihenfolge des Ergebnisses: B01 bis B12, B8A, TCI, SCL, AOT, WVP; oder RGB, RGBN, CIR (B08 B04 B03), SWIR (B12 B8A B04), 10m, 20m, 60m, all. auto: die feinsten Kanäle des Reflexionsgrads, die das Produkt hat.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Pixel size (metres, 0 = that of the finest of the bands)</source>
      <translation>Pixelgröße (Meter, 0 = die des feinsten Kanals)</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>All bands get this pixel size: finer ones are averaged, coarser ones interpolated, classes take the nearest pixel.</source>
      <translation>Alle Kanäle bekommen diese Pixelgröße: feinere werden gemittelt, gröbere interpoliert, Klassen nehmen das nächste Pixel.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Only this part is written, by whole pixels. Any CRS.</source>
      <translation>Nur dieser Teil wird geschrieben, in ganzen Pixeln. Beliebiges KBS.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Polygons outside of which everything becomes nodata; the result is cut to their bounds. A layer, its selected features, or a file, in any CRS. A GeoJSON file that names no CRS is in longitude and latitude.</source>
      <translation>Polygone, außerhalb derer alles zu Nodata wird; das Ergebnis wird auf ihre Grenzen zugeschnitten. Ein Layer, seine gewählten Objekte oder eine Datei, in beliebigem KBS. Eine GeoJSON-Datei, die kein KBS nennt, ist in Länge und Breite.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Clouds become nodata</source>
      <translation>Wolken werden zu Nodata</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Level-2A: by the scene classes (cloud, cirrus, cloud shadow; snow stays). Level-1C: by its mask of clouds, raster or polygons. The log says which.</source>
      <translation>Level-2A: nach den Szenenklassen (Wolke, Zirrus, Wolkenschatten; Schnee bleibt). Level-1C: nach seiner Wolkenmaske, Raster oder Polygone. Das Protokoll sagt, welche.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Probability from which a pixel counts as cloud (percent, 0 = by the scene classes)</source>
      <translation>Wahrscheinlichkeit, ab der ein Pixel als Wolke gilt (Prozent, 0 = nach den Szenenklassen)</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Level-2A only: clouds become nodata by their probability (MSK_CLDPRB) instead of the classes.</source>
      <translation>Nur Level-2A: Wolken werden nach ihrer Wahrscheinlichkeit (MSK_CLDPRB) statt nach den Klassen zu Nodata.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Pixel values of the result</source>
      <translation>Pixelwerte des Ergebnisses</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>none: reflectance times 10000, whole numbers, the offset of baseline 04.00 and later added. reflectance: 0 to 1. threshold: 0 to the threshold as 1 to 255. percentile: the 2nd to the 98th percentile of each band as 1 to 255.</source>
      <translation>none: Reflexionsgrad mal 10000, ganze Zahlen, den Versatz ab Baseline 04.00 eingerechnet. reflectance: 0 bis 1. threshold: 0 bis zur Schwelle als 1 bis 255. percentile: 2. bis 98. Perzentil jedes Kanals als 1 bis 255.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Threshold (reflectance times 10000)</source>
      <translation>Schwelle (Reflexionsgrad mal 10000)</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>What becomes 255 with threshold: 3000 suits summer, 8000 snow.</source>
      <translation>Was bei threshold zu 255 wird: 3000 passt für Sommer, 8000 für Schnee.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Prepared bands</source>
      <translation>Aufbereitete Kanäle</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>A cloud-optimised GeoTIFF with the bands' names, wavelengths and nodata; time, product, baseline and offset are in its metadata.</source>
      <translation>Ein Cloud-optimiertes GeoTIFF mit Namen, Wellenlängen und Nodata der Kanäle; Zeit, Produkt, Baseline und Versatz stehen in seinen Metadaten.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>{bands}: {width} x {height} pixels of {metres:g} m, {share:.1%} of them valid.</source>
      <translation>{bands}: {width} x {height} Pixel von {metres:g} m, davon {share:.1%} gültig.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Bands of the Sentinel-2 product {product}. {what}</source>
      <translation>Kanäle des Sentinel-2-Produkts {product}. {what}</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>No Sentinel-2 product was given as {name}.</source>
      <translation>Als {name} wurde kein Sentinel-2-Produkt angegeben.</translation>
    </message>
    <message>
      <location filename="../processing/products.py"></location>
      <source>The images of {name} cannot be opened: they are damaged or cut off. Download the product again.</source>
      <translation>Die Bilder von {name} können nicht geöffnet werden: sie sind beschädigt oder abgeschnitten. Das Produkt noch einmal herunterladen.</translation>
    </message>
    <message>
      <location filename="../processing/provenance.py"></location>
      <source>Where {path} came from could not be written beside it: {error}</source>
      <translation>Woher {path} kommt, konnte nicht daneben geschrieben werden: {error}</translation>
    </message>
    <message>
      <location filename="../processing/provenance.py"></location>
      <source>{file} is there and of another making</source>
      <translation>{file} ist da und von anderer Herkunft</translation>
    </message>
    <message>
      <location filename="../processing/sinks.py"></location>
      <source>{name}: a feature could not be written: {error}.</source>
      <translation>{name}: ein Objekt konnte nicht geschrieben werden: {error}.</translation>
    </message>
    <message>
      <location filename="../processing/sinks.py"></location>
      <source>{name}: {path} could not be written whole; is the disk full?</source>
      <translation>{name}: {path} konnte nicht ganz geschrieben werden; ist der Datenträger voll?</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>inlier, residual below {high:g} px</source>
      <translation>Inlier, Residuum unter {high:g} px</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>inlier, residual {low:g} px and more</source>
      <translation>Inlier, Residuum {low:g} px und mehr</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>inlier, residual {low:g} to {high:g} px</source>
      <translation>Inlier, Residuum {low:g} bis {high:g} px</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>inlier set by hand, or without a residual</source>
      <translation>Inlier, von Hand gesetzt oder ohne Residuum</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>outlier, not used</source>
      <translation>Ausreißer, nicht benutzt</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>neither inlier nor outlier: used</source>
      <translation>weder Inlier noch Ausreißer: benutzt</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>inlier without a residual</source>
      <translation>Inlier ohne Residuum</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>no shifts</source>
      <translation>keine Verschiebungen</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>arrows as long as the shift</source>
      <translation>Pfeile so lang wie die Verschiebung</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>arrows {scale:g} × as long as the shift</source>
      <translation>Pfeile {scale:g} × so lang wie die Verschiebung</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>units</source>
      <translation>Einheiten</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>{size} (median {median:.3g} {unit})</source>
      <translation>{size} (Median {median:.3g} {unit})</translation>
    </message>
    <message>
      <location filename="../processing/texts.py"></location>
      <source>More, and every parameter: the button &lt;b&gt;Help&lt;/b&gt;.</source>
      <translation>Mehr dazu und zu jedem Parameter (auf Englisch): Schaltfläche &lt;b&gt;Hilfe&lt;/b&gt;.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>The folder that Build training set wrote; it needs a place that is held out.</source>
      <translation>Der Ordner, den „Trainingsdatensatz erstellen“ schrieb; er braucht einen zurückgehaltenen Ort.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Start from</source>
      <translation>Beginnen mit</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>seasonal: this plugin's own network, untrained. seasonal-shipped: the same with the weights that come with the plugin, to train on. All others: published matchers, whose weights must be in the model store. What does not learn in them (SuperPoint, SIFT) stays as it is.</source>
      <translation>seasonal: das eigene Netz dieses Plugins, untrainiert. seasonal-shipped: dasselbe mit den mitgelieferten Gewichten, zum Weitertrainieren. Alle anderen: veröffentlichte Matcher, deren Gewichte im Modellspeicher liegen müssen. Was in ihnen nicht lernt (SuperPoint, SIFT), bleibt, wie es ist.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Start from a file of weights instead</source>
      <translation>Stattdessen mit einer Gewichtedatei beginnen</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Weights (*.safetensors)</source>
      <translation>Gewichte (*.safetensors)</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>A file that training wrote, to train further; its notes say which network it is of.</source>
      <translation>Eine Datei, die beim Training geschrieben wurde, um weiterzutrainieren; ihre Angaben sagen, von welchem Netz sie ist.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Epochs</source>
      <translation>Epochen</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>An epoch is as many pairs as the training set has pictures to learn from. 0: MINUTES alone count.</source>
      <translation>Eine Epoche sind so viele Paare, wie der Trainingsdatensatz Bilder zum Lernen hat. 0: nur MINUTES zählt.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Time limit (minutes, 0 = none)</source>
      <translation>Zeitgrenze (Minuten, 0 = keine)</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Of work: time in which the computer sleeps does not count. The learning rate is fitted to it.</source>
      <translation>Gezählt wird die Arbeitszeit: Zeit, in der der Rechner schläft, zählt nicht. Die Lernrate wird darauf abgestimmt.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Pairs in memory at once</source>
      <translation>Paare gleichzeitig im Speicher</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Where memory is not enough they are halved, and the log says so.</source>
      <translation>Reicht der Speicher nicht, werden sie halbiert, und das Protokoll sagt es.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Batches a step</source>
      <translation>Stapel je Schritt</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>The gradients of so many batches are added up: large steps on a small card.</source>
      <translation>Die Gradienten so vieler Stapel werden addiert: große Schritte auf einer kleinen Karte.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Size of the pairs (pixels, a multiple of 32)</source>
      <translation>Größe der Paare (Pixel, ein Vielfaches von 32)</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Width and height of the images that pairs are made of.</source>
      <translation>Breite und Höhe der Bilder, aus denen Paare gemacht werden.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Learning rate (0 = usual for what training starts from)</source>
      <translation>Lernrate (0 = die übliche für das, womit begonnen wird)</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>The largest of the run: it rises over its first twentieth, then falls as a cosine.</source>
      <translation>Die größte des Laufs: sie steigt über das erste Zwanzigstel, dann fällt sie wie ein Kosinus.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Options of the pairs</source>
      <translation>Optionen der Paare</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>name=value, with spaces between, such as motion=guided cross_season=0.5. The help has a table of them.</source>
      <translation>Name=Wert, mit Leerzeichen dazwischen, wie motion=guided cross_season=0.5. Die Hilfe hat eine Tabelle davon.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Precision</source>
      <translation>Rechengenauigkeit</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>auto: bf16 where the processor or the card computes it, else fp16 on a card and fp32 here.</source>
      <translation>auto: bf16, wo Prozessor oder Karte es rechnet, sonst fp16 auf einer Karte und fp32 hier.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Held-out pairs during training</source>
      <translation>Zurückgehaltene Paare während des Trainings</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>They are matched every few minutes; the weights that match them best are kept.</source>
      <translation>Sie werden alle paar Minuten zugeordnet; die Gewichte, die sie am besten zuordnen, bleiben.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Held-out pairs before and after</source>
      <translation>Zurückgehaltene Paare vor und nach dem Training</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>They tell whether training helped; about a hundred are needed to be sure of a few percent.</source>
      <translation>Sie sagen, ob das Training half; etwa hundert braucht es, um einiger Prozent sicher zu sein.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Run folder</source>
      <translation>Ordner des Laufs</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Keeps checkpoint, log and best weights, so that a stopped run goes on, and a finished one for more epochs. Left empty: one beside the weights, until these are written.</source>
      <translation>Bewahrt Zwischenstand, Protokoll und beste Gewichte auf, damit ein angehaltener Lauf weitergehen kann, und ein fertiger mit mehr Epochen. Leer: einer neben den Gewichten, bis diese geschrieben sind.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Weights</source>
      <translation>Gewichte</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>The weights that did best on held-out pairs. A model card (.md) and the log (.csv) lie beside.</source>
      <translation>Die Gewichte, die bei zurückgehaltenen Paaren am besten waren. Eine Modellkarte (.md) und das Protokoll (.csv) liegen daneben.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Curves</source>
      <translation>Kurven</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>The loss, and how many of the matches on held-out pairs are right, step by step.</source>
      <translation>Der Verlust, und wie viele Zuordnungen zurückgehaltener Paare richtig sind, Schritt für Schritt.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Model card</source>
      <translation>Modellkarte</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Log</source>
      <translation>Protokoll</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Number of steps</source>
      <translation>Anzahl der Schritte</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Share of matches within 1 pixel, after</source>
      <translation>Anteil der Zuordnungen innerhalb von 1 Pixel, nach dem Training</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Share of matches within 3 pixels, after</source>
      <translation>Anteil der Zuordnungen innerhalb von 3 Pixeln, nach dem Training</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Share of matches within 1 pixel, before</source>
      <translation>Anteil der Zuordnungen innerhalb von 1 Pixel, vor dem Training</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Share of matches within 3 pixels, before</source>
      <translation>Anteil der Zuordnungen innerhalb von 3 Pixeln, vor dem Training</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Matches a pair, after</source>
      <translation>Zuordnungen je Paar, nach dem Training</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Matches a pair, before</source>
      <translation>Zuordnungen je Paar, vor dem Training</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Better with 95 % confidence (1 or 0)</source>
      <translation>Mit 95 % Sicherheit besser (1 oder 0)</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>TRAINING_SET: name the folder that Build training set wrote.</source>
      <translation>TRAINING_SET: den Ordner nennen, den „Trainingsdatensatz erstellen“ schrieb.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>TRAINING_SET: the folder {folder} does not exist.</source>
      <translation>TRAINING_SET: den Ordner {folder} gibt es nicht.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>START_WEIGHTS: the file {file} does not exist.</source>
      <translation>START_WEIGHTS: die Datei {file} gibt es nicht.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>EPOCHS, MINUTES: one of them must say how long to train.</source>
      <translation>EPOCHS, MINUTES: eines von beiden muss angeben, wie lange trainiert wird.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>SIZE: it must be a multiple of 32, not {size:g}.</source>
      <translation>SIZE: es muss ein Vielfaches von 32 sein, nicht {size:g}.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>WEIGHTS: give a name that ends in .safetensors, not {path}.</source>
      <translation>WEIGHTS: einen Namen angeben, der auf .safetensors endet, nicht {path}.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Raster to warp</source>
      <translation>Zu entzerrendes Raster</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>The target raster of the match, or one with the same geometry, as another band of the same scene.</source>
      <translation>Das Zielraster der Zuordnung oder eines mit derselben Geometrie, etwa ein anderer Kanal derselben Szene.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Points as Match rasters writes them: the point lies where the content belongs, its fields tgt_x and tgt_y say where the raster shows it, in the raster's CRS. Points whose field inlier is false are left out; points moved, deleted or added by hand count as they are.</source>
      <translation>Punkte, wie „Raster zuordnen“ sie schreibt: der Punkt liegt, wohin der Inhalt gehört, seine Felder tgt_x und tgt_y sagen, wo das Raster ihn zeigt, im KBS des Rasters. Punkte, deren Feld inlier falsch ist, werden ausgelassen; von Hand verschobene, gelöschte oder hinzugefügte zählen, wie sie sind.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Raster whose pixel grid the result takes</source>
      <translation>Raster, dessen Pixelgitter das Ergebnis bekommt</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Left empty, the result has the pixel grid of the raster to warp.</source>
      <translation>Leer: das Ergebnis hat das Pixelgitter des zu entzerrenden Rasters.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Only this part of the grid is written. Any CRS.</source>
      <translation>Nur dieser Teil des Gitters wird geschrieben. Beliebiges KBS.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>All bands of the raster, warped: a cloud-optimised GeoTIFF.</source>
      <translation>Alle Kanäle des Rasters, entzerrt: ein Cloud-optimiertes GeoTIFF.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Warped raster</source>
      <translation>Entzerrtes Raster</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>{used} tie points are used; {outliers} are marked as outliers, {incomplete} are not complete.</source>
      <translation>{used} Verknüpfungspunkte werden benutzt; {outliers} sind als Ausreißer markiert, {incomplete} sind unvollständig.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Cross-validated error of the transformation ({kind}): RMSE {rmse:.2f} m, CE90 {ce90:.2f} m.</source>
      <translation>Kreuzvalidierter Fehler der Transformation ({kind}): RMSE {rmse:.2f} m, CE90 {ce90:.2f} m.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>{raster} warped</source>
      <translation>{raster} entzerrt</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>{raster} warped onto {grid}</source>
      <translation>{raster} entzerrt auf {grid}</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>{raster}, warped by the tie points {points}.</source>
      <translation>{raster}, entzerrt mit den Verknüpfungspunkten {points}.</translation>
    </message>
  </context>
</TS>
