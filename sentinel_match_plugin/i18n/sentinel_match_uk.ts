<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="uk" sourcelanguage="en">
  <context>
    <name>SentinelMatch</name>
    <message>
      <location filename="../gui/algorithm_dialog.py"></location>
      <source>The dialog is shown without explanations: {error}</source>
      <translation>Вікно показано без пояснень: {error}</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Which Python environment</source>
      <translation>Яке середовище Python</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Made and kept by the plugin</source>
      <translation>Створене й підтримуване плагіном</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>One of my own; nothing is installed into it</source>
      <translation>Власне; у нього нічого не встановлюється</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Folder</source>
      <translation>Тека</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Looking for Pythons…</source>
      <translation>Пошук Python…</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Another…</source>
      <translation>Інший…</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Name a Python 3.11 to 3.14 (64 bit) that was not found.</source>
      <translation>Укажіть Python від 3.11 до 3.14 (64 біти), якого не знайдено.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Fetch one with uv</source>
      <translation>Отримати за допомогою uv</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Lets uv, which is on this computer, fetch Python 3.12 (some 30 MB) into the plugin's cache folder.</source>
      <translation>Нехай uv, який є на цьому комп'ютері, завантажить Python 3.12 (близько 30 МБ) у теку кешу плагіна.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Made with</source>
      <translation>Створити за допомогою</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Computes on</source>
      <translation>Обчислення на</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>the library transformers</source>
      <translation>бібліотека transformers</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>For SuperPoint, SuperGlue and EfficientLoFTR; the default matcher does not need it.</source>
      <translation>Для SuperPoint, SuperGlue та EfficientLoFTR; стандартний метод її не потребує.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Also</source>
      <translation>Також</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>empty: packages are fetched from the network</source>
      <translation>порожньо: пакети беруться з мережі</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>To install without a connection: a folder of packages (*.whl), filled on another computer. The help of the algorithm “Engine: check, install, repair” says how.</source>
      <translation>Щоб установити без з'єднання: тека з пакетами (*.whl), заповнена на іншому комп'ютері. Як це зробити, описано в довідці алгоритму «Рушій: перевірити, встановити, відновити».</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Folder of wheels</source>
      <translation>Тека з wheel-пакетами</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>The proxy of Settings &gt; Options &gt; Network is used: {host}</source>
      <translation>Використовується проксі з Налаштування &gt; Параметри &gt; Мережа: {host}</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>The system's proxy is used; one of QGIS's own is set under Settings &gt; Options &gt; Network.</source>
      <translation>Використовується системний проксі; власний для QGIS задається в Налаштування &gt; Параметри &gt; Мережа.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>The Python of an environment (or its folder) with the packages of engine/requirements.txt.</source>
      <translation>Python середовища (або його тека) з пакетами з engine/requirements.txt.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Its Python</source>
      <translation>Його Python</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>The best one: {python}</source>
      <translation>Найкращий: {python}</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>No fitting Python was found.</source>
      <translation>Придатного Python не знайдено.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Not taken:</source>
      <translation>Не взято:</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>CPU</source>
      <translation>CPU</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Apple GPU and CPU</source>
      <translation>GPU Apple і CPU</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>CPU, works on every computer</source>
      <translation>CPU, працює на будь-якому комп'ютері</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>CUDA, for NVIDIA cards</source>
      <translation>CUDA, для карт NVIDIA</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>about {size} to fetch</source>
      <translation>завантажити близько {size}</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>some GB to fetch</source>
      <translation>завантажити кілька ГБ</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>No driver for NVIDIA cards was found on this computer.</source>
      <translation>На цьому комп'ютері не знайдено драйвера карт NVIDIA.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Found: {card}, but {problem}.</source>
      <translation>Знайдено: {card}, але {problem}.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>Found: {card}. The CUDA build can use it.</source>
      <translation>Знайдено: {card}. Збірка CUDA може її використовувати.</translation>
    </message>
    <message>
      <location filename="../gui/build_choice.py"></location>
      <source>A Python 3.11 to 3.14 (64 bit)</source>
      <translation>Python від 3.11 до 3.14 (64 біти)</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Only points at least as sure as this (0: all)</source>
      <translation>Лише точки, не менш певні за це (0: усі)</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Only points at least as near to the fitted model as this</source>
      <translation>Лише точки, не далі від підібраної моделі</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>any</source>
      <translation>усі</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source> px</source>
      <translation> пікс.</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>all points</source>
      <translation>усі точки</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>inliers</source>
      <translation>узгоджені</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>outliers</source>
      <translation>викиди</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Show</source>
      <translation>Показати</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>score from</source>
      <translation>оцінка від</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>residual up to</source>
      <translation>нев'язка до</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>px</source>
      <translation>пікс.</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>by hand</source>
      <translation>вручну</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>outlier</source>
      <translation>викид</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Residual, the distance from the fitted model:</source>
      <translation>Нев'язка, відстань до підібраної моделі:</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Linked: each canvas goes where the other one goes</source>
      <translation>Зв'язано: кожна карта рухається за іншою</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Show all points</source>
      <translation>Показати всі точки</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>The point before it (PgUp)</source>
      <translation>Попередня точка (PgUp)</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>The next worse one: by residual, the worst first</source>
      <translation>Наступна гірша: за нев'язкою, починаючи з найгіршої</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Set a pair by hand: click the same spot on both rasters, in any order (Esc ends)</source>
      <translation>Поставити пару вручну: клацніть те саме місце на обох растрах у будь-якому порядку (Esc завершує)</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Add pair</source>
      <translation>Додати пару</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Delete</source>
      <translation>Видалити</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Delete the selected points (Del)</source>
      <translation>Видалити вибрані точки (Del)</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Delete all points that the filter does not show</source>
      <translation>Видалити всі точки, яких фільтр не показує</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Delete hidden</source>
      <translation>Видалити приховані</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Selected points: outliers are not used, inliers are; this turns one into the other</source>
      <translation>Вибрані точки: викиди не використовуються, узгоджені — так; це перетворює одні на інші</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Inlier / outlier</source>
      <translation>Узгоджена / викид</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Undo the last edit</source>
      <translation>Скасувати останню зміну</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Redo</source>
      <translation>Повторити</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Save</source>
      <translation>Зберегти</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Save the edits into the layer</source>
      <translation>Зберегти зміни в шарі</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Discard</source>
      <translation>Відкинути</translation>
    </message>
    <message>
      <location filename="../gui/controls.py"></location>
      <source>Discard all edits since the last save</source>
      <translation>Відкинути всі зміни після останнього збереження</translation>
    </message>
    <message>
      <location filename="../gui/editing.py"></location>
      <source>{count} points deleted; not saved yet.</source>
      <translation>Видалено точок: {count}; ще не збережено.</translation>
    </message>
    <message>
      <location filename="../gui/editing.py"></location>
      <source>{layer} is saved.</source>
      <translation>{layer} збережено.</translation>
    </message>
    <message>
      <location filename="../gui/editing.py"></location>
      <source>Discard all edits of {layer} since the last save?</source>
      <translation>Відкинути всі зміни в {layer} після останнього збереження?</translation>
    </message>
    <message>
      <location filename="../gui/editing.py"></location>
      <source>Match viewer</source>
      <translation>Переглядач зіставлення</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>Engine and settings…</source>
      <translation>Рушій і налаштування…</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>Sentinel Match</source>
      <translation>Sentinel Match</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>Before it can match, its engine has to be installed once.</source>
      <translation>Перш ніж зіставляти, треба один раз установити його рушій.</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>The plugin was updated, and its engine has to be updated too.</source>
      <translation>Плагін оновлено, і його рушій теж треба оновити.</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>Its engine cannot be used and has to be looked after.</source>
      <translation>Його рушій не можна використати, треба його перевірити.</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>Set up the engine…</source>
      <translation>Налаштувати рушій…</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>Show…</source>
      <translation>Показати…</translation>
    </message>
    <message>
      <location filename="../gui/engine_gui.py"></location>
      <source>The engine is installed: the algorithms can be run now.</source>
      <translation>Рушій установлено: алгоритми вже можна запускати.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Engine</source>
      <translation>Рушій</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Install</source>
      <translation>Установити</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Repair</source>
      <translation>Відновити</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Check and test devices</source>
      <translation>Перевірити й випробувати пристрої</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Stop</source>
      <translation>Зупинити</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Makes the environment anew; the old one stays until the new one works.</source>
      <translation>Створює середовище наново; старе лишається, доки нове не запрацює.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Imports every package and computes on every device. Takes some seconds.</source>
      <translation>Імпортує кожен пакет і обчислює на кожному пристрої. Триває кілька секунд.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Stopping…</source>
      <translation>Зупинка…</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Name the Python of your environment below.</source>
      <translation>Укажіть нижче Python вашого середовища.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Update</source>
      <translation>Оновити</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Install what was chosen</source>
      <translation>Установити вибране</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>The engine is being installed. This dialog may be closed meanwhile.</source>
      <translation>Рушій встановлюється. Це вікно тим часом можна закрити.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>The engine is installed.</source>
      <translation>Рушій установлено.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Your own environment is used.</source>
      <translation>Використовується ваше середовище.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>The engine is not installed yet. Matching needs it: choose below what it computes on, then press Install. This is done once.</source>
      <translation>Рушій ще не встановлено. Він потрібен для зіставлення: виберіть нижче, на чому обчислювати, і натисніть «Установити». Це робиться один раз.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>The plugin was updated and needs other versions of the engine's packages: press Update.</source>
      <translation>Плагін оновлено, і йому потрібні інші версії пакетів рушія: натисніть «Оновити».</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>The engine cannot be used.</source>
      <translation>Рушій не можна використати.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Python: {python}</source>
      <translation>Python: {python}</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>The environment variable SENTINEL_MATCH_PYTHON names it; what is made here is not used.</source>
      <translation>Його вказано у змінній середовища SENTINEL_MATCH_PYTHON; те, що створюється тут, не використовується.</translation>
    </message>
    <message>
      <location filename="../gui/engine_panel.py"></location>
      <source>Made {date} with {base}</source>
      <translation>Створено {date} за допомогою {base}</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Testing the engine of Sentinel Match</source>
      <translation>Випробування рушія Sentinel Match</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Installing the engine of Sentinel Match</source>
      <translation>Встановлення рушія Sentinel Match</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Repairing the engine of Sentinel Match</source>
      <translation>Відновлення рушія Sentinel Match</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Fetching a Python for Sentinel Match</source>
      <translation>Завантаження Python для Sentinel Match</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Cancelled. What was there before is as it was.</source>
      <translation>Скасовано. Те, що було раніше, лишилося як було.</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Starting the engine's Python and loading its libraries</source>
      <translation>Запуск Python рушія та завантаження його бібліотек</translation>
    </message>
    <message>
      <location filename="../gui/engine_setup.py"></location>
      <source>Testing the devices</source>
      <translation>Випробування пристроїв</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>A layer of tie points, as Match rasters writes them</source>
      <translation>Шар зв'язкових точок, який записує «Зіставити растри»</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>The raster that the points lie on</source>
      <translation>Растр, на якому лежать точки</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>The raster that tgt_x and tgt_y point into</source>
      <translation>Растр, на який указують tgt_x і tgt_y</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Reference</source>
      <translation>Еталон</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Target</source>
      <translation>Ціль</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Warp …</source>
      <translation>Трансформувати …</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Warp the target with the points as they are now: opens the dialog, filled in</source>
      <translation>Трансформувати ціль за точками, якими вони є зараз: відкриває заповнене вікно</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Tie points</source>
      <translation>Зв'язкові точки</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>reference</source>
      <translation>еталон</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>target</source>
      <translation>ціль</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>{title} ({where})</source>
      <translation>{title} ({where})</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>{layer} does not say where its {missing} is, or it is not there: choose it above the canvas.</source>
      <translation>У шарі {layer} не вказано, де {missing}, або там нічого немає: виберіть над картою.</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source> and </source>
      <translation> і </translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>{shown} of {count} points</source>
      <translation>{shown} з {count} точок</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Click a spot that you recognise, on either raster.</source>
      <translation>Клацніть місце, яке впізнаєте, на будь-якому растрі.</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>Now click the same spot on the {other}: it is expected in the circle.</source>
      <translation>Тепер клацніть те саме місце на іншому ({other}): воно очікується в колі.</translation>
    </message>
    <message>
      <location filename="../gui/match_viewer.py"></location>
      <source>{count} points selected</source>
      <translation>Вибрано точок: {count}</translation>
    </message>
    <message>
      <location filename="../gui/options_page.py"></location>
      <source>Weights of matchers</source>
      <translation>Ваги методів зіставлення</translation>
    </message>
    <message>
      <location filename="../gui/options_page.py"></location>
      <source>Where the weights of networks lie. Empty: a folder in your user's data.</source>
      <translation>Де лежать ваги мереж. Порожньо: тека у ваших даних користувача.</translation>
    </message>
    <message>
      <location filename="../gui/options_page.py"></location>
      <source>Weights are fetched, imported and removed by the algorithm “Weights of matchers” in the Toolbox. Nothing is downloaded by itself; the default matcher needs none.</source>
      <translation>Ваги завантажує, імпортує та вилучає алгоритм «Ваги методів зіставлення» на Панелі інструментів Обробки даних. Само нічого не завантажується; стандартний метод ваг не потребує.</translation>
    </message>
    <message>
      <location filename="../gui/point_text.py"></location>
      <source>Point {number:g}</source>
      <translation>Точка {number:g}</translation>
    </message>
    <message>
      <location filename="../gui/point_text.py"></location>
      <source>score {score:.2f}</source>
      <translation>оцінка {score:.2f}</translation>
    </message>
    <message>
      <location filename="../gui/point_text.py"></location>
      <source>residual {residual:.2f} px</source>
      <translation>нев'язка {residual:.2f} пікс.</translation>
    </message>
    <message>
      <location filename="../gui/point_text.py"></location>
      <source>shift {dx:+.5g}, {dy:+.5g} {unit}</source>
      <translation>зсув {dx:+.5g}, {dy:+.5g} {unit}</translation>
    </message>
    <message>
      <location filename="../gui/point_text.py"></location>
      <source>inlier</source>
      <translation>узгоджена</translation>
    </message>
    <message>
      <location filename="../gui/point_text.py"></location>
      <source>used</source>
      <translation>використана</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>Left (or top) of the line on the map</source>
      <translation>Ліворуч (або вище) від лінії на карті</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>Right (or bottom) of the line on the map</source>
      <translation>Праворуч (або нижче) від лінії на карті</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>Swipe on the map</source>
      <translation>Шторка на карті</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>Show both layers on the main map with a line between them, and drag the line</source>
      <translation>Показати обидва шари на головній карті з лінією між ними, яку можна перетягувати</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>Exchange the two sides</source>
      <translation>Поміняти сторони місцями</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>A line that lies instead of one that stands</source>
      <translation>Горизонтальна лінія замість вертикальної</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>left</source>
      <translation>ліворуч</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>right</source>
      <translation>праворуч</translation>
    </message>
    <message>
      <location filename="../gui/swipe_bar.py"></location>
      <source>Choose two rasters of the project to swipe between, one for each side.</source>
      <translation>Виберіть два растри проєкту для шторки, по одному на кожен бік.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>Add a tie point by hand</source>
      <translation>Додати зв'язкову точку вручну</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>The pair could not be added to {layer}.</source>
      <translation>Не вдалося додати пару до {layer}.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>Delete {count} tie points</source>
      <translation>Видалити зв'язкові точки: {count}</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>The points could not be deleted from {layer}.</source>
      <translation>Не вдалося видалити точки з {layer}.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{layer} has no field inlier.</source>
      <translation>{layer} не має поля inlier.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>Do not use {count} tie points</source>
      <translation>Не використовувати зв'язкові точки: {count}</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>Use {count} tie points</source>
      <translation>Використовувати зв'язкові точки: {count}</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{layer} could not be changed.</source>
      <translation>Не вдалося змінити {layer}.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source> The file as it was: {files}.</source>
      <translation> Файл, яким він був: {files}.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{layer} could not be saved: {reasons}. Your edits are not lost: they are still in the layer, and can be saved again or copied to another file (Export &gt; Save Features As).{kept}</source>
      <translation>Не вдалося зберегти {layer}: {reasons}. Зміни не втрачено: вони ще в шарі, їх можна зберегти знову або скопіювати до іншого файлу (Експорт &gt; Зберегти об'єкти як).{kept}</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>The layer's history could not be written: {error}.</source>
      <translation>Не вдалося записати історію шару: {error}.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{layer} cannot be edited where it is ({source}): save it as GeoPackage first (Export &gt; Save Features As), and open that.</source>
      <translation>{layer} не можна редагувати там, де він є ({source}): спершу збережіть його як GeoPackage (Експорт &gt; Зберегти об'єкти як) і відкрийте його.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{layer} cannot be edited now.</source>
      <translation>{layer} зараз не можна редагувати.</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{layer} was not saved: there is no room for a safety copy beside it ({reason}).</source>
      <translation>{layer} не збережено: поруч немає місця для запасної копії ({reason}).</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{count} points added</source>
      <translation>додано точок: {count}</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{count} points changed</source>
      <translation>змінено точок: {count}</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{count} points deleted</source>
      <translation>видалено точок: {count}</translation>
    </message>
    <message>
      <location filename="../gui/tie_points.py"></location>
      <source>{time}: edited in the Match viewer: {edits}.</source>
      <translation>{time}: редаговано в переглядачі зіставлення: {edits}.</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>Match viewer: tie points on both rasters, to look at and to edit</source>
      <translation>Переглядач зіставлення: зв'язкові точки на обох растрах, щоб дивитися та редагувати</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>Open in the Match viewer</source>
      <translation>Відкрити в переглядачі зіставлення</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>Matched</source>
      <translation>Зіставлено</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>Low confidence</source>
      <translation>Мала певність</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>No match</source>
      <translation>Збігу немає</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>Report</source>
      <translation>Звіт</translation>
    </message>
    <message>
      <location filename="../gui/window.py"></location>
      <source>The tie points {place} are not there any more.</source>
      <translation>Зв'язкових точок {place} більше немає.</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>Basemap (WMS, WMTS, XYZ or any raster)</source>
      <translation>Базова карта (WMS, WMTS, XYZ або будь-який растр)</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>Basemap as reference</source>
      <translation>Базова карта як еталон</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>How far the images may lie off. A smaller value is faster and surer.</source>
      <translation>Наскільки далеко можуть розходитися зображення. Менше значення швидше й надійніше.</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>Moves a raster to where a basemap shows the same ground: matches the two, keeps the sure tie points, and warps the raster on a grid of its own CRS and pixel size.</source>
      <translation>Пересуває растр туди, де базова карта показує ту саму місцевість: зіставляє їх, лишає певні зв'язкові точки та трансформує растр на сітку з його власною системою координат і розміром пікселя.</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>Raster moved onto the basemap</source>
      <translation>Растр, пересунутий на базову карту</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>Raster to move</source>
      <translation>Растр, який слід пересунути</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>The raster does not match the basemap; nothing was moved.</source>
      <translation>Растр не збігається з базовою картою; нічого не пересунуто.</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>The raster that lies off.</source>
      <translation>Растр, який лежить не на місці.</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>Tie points that were used</source>
      <translation>Використані зв'язкові точки</translation>
    </message>
    <message>
      <location filename="../models/basemapreference.model3"></location>
      <source>What counts as right. A service is rendered over the raster, at its pixel size. Mind its terms of use, and that a basemap has an error of its own, often several metres.</source>
      <translation>Що вважається правильним. Сервіс відмальовується на площі растра з його розміром пікселя. Зважайте на умови користування і на те, що базова карта має власну похибку, часто кілька метрів.</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Brings the image after onto the image before, stacks the NDVI of both and subtracts them. Without the first step every field border shows as a change. Where the two do not match it stops and says so.</source>
      <translation>Накладає пізніше зображення на раніше, зводить NDVI обох в один растр і віднімає їх. Без першого кроку кожна межа поля виглядала б зміною. Якщо зображення не збігаються, зупиняється й повідомляє про це.</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Image after</source>
      <translation>Пізніше зображення</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Image after on the image before</source>
      <translation>Пізніше зображення, накладене на раніше</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Image before</source>
      <translation>Раніше зображення</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Is brought onto the pixel grid of the image before.</source>
      <translation>Переноситься на піксельну сітку ранішого зображення.</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>NDVI before and after</source>
      <translation>NDVI до і після</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>NDVI difference of two dates</source>
      <translation>Різниця NDVI двох дат</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>NDVI difference, after less before</source>
      <translation>Різниця NDVI, після мінус до</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Near infrared band of the image after</source>
      <translation>Ближній інфрачервоний канал пізнішого зображення</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Near infrared band of the image before</source>
      <translation>Ближній інфрачервоний канал ранішого зображення</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Red band of the image after</source>
      <translation>Червоний канал пізнішого зображення</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Red band of the image before</source>
      <translation>Червоний канал ранішого зображення</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>Sentinel-2: B04 is red, B08 near infrared.</source>
      <translation>Sentinel-2: B04 — червоний, B08 — ближній інфрачервоний.</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>The reference; it stays put.</source>
      <translation>Еталон; лишається на місці.</translation>
    </message>
    <message>
      <location filename="../models/ndvichange.model3"></location>
      <source>The two images do not match, so there is no difference that means anything.</source>
      <translation>Зображення не збігаються, тож їхня різниця нічого не означала б.</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>A raster to bring onto the reference.</source>
      <translation>Растр, який слід накласти на еталон.</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Brings up to four dates of one place onto the pixel grid of one reference, each on its own, so that an error of one is not passed on to the next. For more dates run Co-register raster as a batch.</source>
      <translation>Накладає до чотирьох дат однієї місцевості на піксельну сітку одного еталона, кожну окремо, щоб похибка однієї не переходила на наступну. Для більшої кількості дат запустіть «Корегістрація растра» пакетно.</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 1</source>
      <translation>Дата 1</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 1 on the reference</source>
      <translation>Дата 1 на еталоні</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 2</source>
      <translation>Дата 2</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 2 on the reference</source>
      <translation>Дата 2 на еталоні</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 3</source>
      <translation>Дата 3</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 3 on the reference</source>
      <translation>Дата 3 на еталоні</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 4</source>
      <translation>Дата 4</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Date 4 on the reference</source>
      <translation>Дата 4 на еталоні</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>The date that counts as right; it stays put.</source>
      <translation>Дата, яка вважається правильною; лишається на місці.</translation>
    </message>
    <message>
      <location filename="../models/timeseries.model3"></location>
      <source>Time series onto one reference</source>
      <translation>Часовий ряд на один еталон</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Build training set</source>
      <translation>Створити навчальний набір</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Co-register raster</source>
      <translation>Корегістрація растра</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Compare matchers</source>
      <translation>Порівняти методи зіставлення</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Compare scenes</source>
      <translation>Порівняти сцени</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Detect keypoints</source>
      <translation>Знайти ключові точки</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Engine: check, install, repair</source>
      <translation>Рушій: перевірити, встановити, відновити</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Match rasters</source>
      <translation>Зіставити растри</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Prepare Sentinel-2 product</source>
      <translation>Підготувати продукт Sentinel-2</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Train matcher</source>
      <translation>Навчити метод зіставлення</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Warp raster by tie points</source>
      <translation>Трансформувати растр за зв'язковими точками</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Co-registration</source>
      <translation>Корегістрація</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Matchers and their weights</source>
      <translation>Методи зіставлення та їхні ваги</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Scenes and products</source>
      <translation>Сцени та продукти</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>compare,assess,evaluate,benchmark,matcher,precision,sensitivity,ransac,tie points,sift,loftr,superglue</source>
      <translation>порівняння,оцінка,benchmark,зіставлення,точність,чутливість,ransac,зв'язкові точки,sift,loftr,superglue</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>compare,scenes,similarity,matrix,all pairs,same place,duplicates,time series,heat map,tie points,season</source>
      <translation>порівняння,сцени,подібність,матриця,усі пари,те саме місце,дублікати,часовий ряд,теплова карта,зв'язкові точки,сезон</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>coregister,co-registration,registration,align,warp,match,tie points,shift,georeference,sentinel-2,season,snow</source>
      <translation>корегістрація,реєстрація,суміщення,трансформування,зіставлення,зв'язкові точки,зсув,прив'язка,sentinel-2,сезон,сніг</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>engine,environment,install,repair,setup,set-up,python,torch,cuda,gpu,device,test,tie points</source>
      <translation>рушій,середовище,встановити,відновити,налаштування,python,torch,cuda,gpu,пристрій,перевірка,зв'язкові точки</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>keypoints,features,detector,sift,akaze,orb,aliked,disk,xfeat,superpoint,corners,blobs,tie points</source>
      <translation>ключові точки,ознаки,детектор,sift,akaze,orb,aliked,disk,xfeat,superpoint,кути,зв'язкові точки</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>match,tie points,gcp,displacement,shift,registration,coregistration,accuracy,sentinel-2,season,snow,rmse,ce90</source>
      <translation>зіставлення,зв'язкові точки,опорні точки,gcp,зсув,реєстрація,корегістрація,точність,sentinel-2,сезон,сніг,rmse,ce90</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>models,weights,download,network,loftr,aliked,disk,xfeat,dedode,lightglue,superglue,superpoint,tie points</source>
      <translation>моделі,ваги,завантаження,мережа,loftr,aliked,disk,xfeat,dedode,lightglue,superglue,superpoint,зв'язкові точки</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>sentinel-2,safe,l1c,l2a,bands,stack,cloud mask,scl,reflectance,resample,clip,product,zip,tie points</source>
      <translation>sentinel-2,safe,l1c,l2a,канали,стек,маска хмар,scl,відбивна здатність,передискретизація,обрізання,продукт,zip,зв'язкові точки</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>train,training,fine-tune,network,deep learning,weights,seasonal,superglue,lightglue,loftr,tie points</source>
      <translation>навчання,донавчання,мережа,глибинне навчання,ваги,seasonal,superglue,lightglue,loftr,зв'язкові точки</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>training set,data set,tiles,patches,deep learning,network,dates,season,time series,split,tie points</source>
      <translation>навчальний набір,набір даних,тайли,фрагменти,глибинне навчання,мережа,дати,сезон,часовий ряд,поділ,зв'язкові точки</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>warp,tie points,gcp,rubber sheet,georeference,resample,thin plate spline,polynomial,coregistration</source>
      <translation>трансформування,зв'язкові точки,опорні точки,gcp,прив'язка,передискретизація,thin plate spline,поліном,корегістрація</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Compares all pairs of many scenes and says which of them show the same place.</source>
      <translation>Порівнює всі пари багатьох сцен і повідомляє, які з них показують те саме місце.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Cuts co-registered dates of places into tiles that a matcher can be trained on.</source>
      <translation>Нарізає суміщені дати місцевостей на тайли, на яких можна навчати метод зіставлення.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Finds keypoints in one raster, spread over it, as points with response, scale and angle.</source>
      <translation>Знаходить ключові точки растра, розподілені по ньому, з відгуком, масштабом і кутом.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Finds tie points between two rasters of one place, from any dates, seasons or sensors.</source>
      <translation>Знаходить зв'язкові точки між двома растрами однієї місцевості за будь-які дати й сезони, з будь-яких сенсорів.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Fits a transformation to tie points and warps a raster with it.</source>
      <translation>Підбирає перетворення за зв'язковими точками і трансформує ним растр.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Lists, downloads, imports and removes the weights of the matchers that are networks.</source>
      <translation>Перелічує, завантажує, імпортує та вилучає ваги методів зіставлення, які є мережами.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Makes one GeoTIFF of the bands of a Sentinel-2 product: in reflectance, without clouds, cut out.</source>
      <translation>Робить із каналів продукту Sentinel-2 один GeoTIFF: відбивна здатність, без хмар, обрізано.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Makes the Python environment that the matching runs in, and says whether it works.</source>
      <translation>Створює середовище Python, у якому йде зіставлення, і повідомляє, чи воно працює.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Matches the target with the reference and warps it onto the reference's pixel grid.</source>
      <translation>Зіставляє ціль з еталоном та трансформує її на піксельну сітку еталона.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Runs several matchers on a pair of rasters, or on many pairs, and counts how many matches are right.</source>
      <translation>Запускає кілька методів зіставлення на парі растрів або на багатьох парах і рахує, скільки збігів правильні.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Trains a matcher on a training set, and says whether it became better on places that it never saw.</source>
      <translation>Навчає метод зіставлення на навчальному наборі та повідомляє, чи став він кращим на місцях, яких не бачив.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>A file could not be read or written: {reason}{where}.</source>
      <translation>Не вдалося прочитати або записати файл: {reason}{where}.</translation>
    </message>
    <message>
      <location filename="../processing/algorithm.py"></location>
      <source>Something went wrong inside Sentinel Match ({kind}: {error}). Please report it with the log above.</source>
      <translation>У Sentinel Match щось пішло не так ({kind}: {error}). Будь ласка, повідомте про це разом із журналом вище.</translation>
    </message>
    <message>
      <location filename="../processing/areas.py"></location>
      <source>&lt;the selected features of {layer}, saved as a file&gt;</source>
      <translation>&lt;вибрані об'єкти {layer}, збережені як файл&gt;</translation>
    </message>
    <message>
      <location filename="../processing/areas.py"></location>
      <source>AREA: {name} has no CRS, so nobody knows where its polygons lie: assign one to the layer.</source>
      <translation>AREA: {name} не має системи координат, тож невідомо, де лежать його полігони: призначте її шару.</translation>
    </message>
    <message>
      <location filename="../processing/areas.py"></location>
      <source>The job was cancelled.</source>
      <translation>Завдання скасовано.</translation>
    </message>
    <message>
      <location filename="../processing/areas.py"></location>
      <source>AREA: {name} has no polygon with an area (none at all, none selected, or only empty ones).</source>
      <translation>AREA: {name} не має полігонів із площею (немає зовсім, не вибрано або лише порожні).</translation>
    </message>
    <message>
      <location filename="../processing/areas.py"></location>
      <source>AREA: {count} invalid polygons (crossing themselves) of {name} were made valid.</source>
      <translation>AREA: виправлено недійсні полігони (що перетинають себе) в {name}: {count}.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>The raster whose pieces are looked for. Leave both rasters empty for a folder of pairs.</source>
      <translation>Растр, фрагменти якого шукаються. Для теки з парами лишіть обидва растри порожніми.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Reference raster</source>
      <translation>Еталонний растр</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>The raster in which they are to be found.</source>
      <translation>Растр, у якому їх слід знайти.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Target raster</source>
      <translation>Цільовий растр</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Only this part of the reference is matched and judged. Any CRS. Not for a folder of pairs.</source>
      <translation>Зіставляється й оцінюється лише ця частина еталона. Будь-яка система координат. Не для теки з парами.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Reference band</source>
      <translation>Канал еталона</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Target band</source>
      <translation>Канал цілі</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Options of the matchers</source>
      <translation>Параметри методів зіставлення</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>name=value, with spaces between: refine=yes is for all of the matchers that have this option, loftr.weights=indoor for one alone. The help of Match rasters has a table of them.</source>
      <translation>назва=значення через пробіли: refine=yes — для всіх методів, які мають цей параметр, loftr.weights=indoor — лише для одного. У довідці «Зіставити растри» є їхня таблиця.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>As many as you like; on the command line, names separated by commas. One that cannot run, because its weights are missing or the rasters have no CRS, is a row of the table that says what to do.</source>
      <translation>Скільки завгодно; у командному рядку — назви через кому. Метод, який не може працювати, бо бракує ваг або растри не мають системи координат, стане рядком таблиці, де сказано, що робити.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Matchers</source>
      <translation>Методи зіставлення</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Thresholds (reference pixels)</source>
      <translation>Пороги (пікселі еталона)</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>How far from its place a match may lie and count as right; numbers with commas between.</source>
      <translation>Як далеко від свого місця може лежати збіг, щоб вважатися правильним; числа через кому.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>All files (*)</source>
      <translation>Усі файли (*)</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Known warp</source>
      <translation>Відома деформація</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>What is true. Left empty, or none: nothing is known, and the share of the matches that agree with one homography (RANSAC) is counted, a weaker claim. identity: the pair is already registered. Or a file: a matrix of 2 x 3 or 3 x 3 numbers (JSON or CSV) that takes reference pixels to target pixels; a raster of the reference's size whose bands say how far right and down each pixel moved; a season pair's truth.json.</source>
      <translation>Що є істиною. Порожньо або none: нічого не відомо, і рахується частка збігів, що узгоджуються з однією гомографією (RANSAC), — слабше твердження. identity: пару вже суміщено. Або файл: матриця 2 x 3 чи 3 x 3 чисел (JSON або CSV), яка переводить пікселі еталона в пікселі цілі; растр розміру еталона, канали якого показують, наскільки кожен піксель зсунуто праворуч і вниз; truth.json сезонної пари.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Folder of pairs</source>
      <translation>Тека з парами</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>In place of the two rasters: a folder of folders, each with reference.tif, target.tif and truth.json. The shares then come with 95 % intervals over the pairs.</source>
      <translation>Замість двох растрів: тека з теками, у кожній reference.tif, target.tif і truth.json. Тоді частки мають 95 % інтервали за парами.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Georeferencing</source>
      <translation>Геоприв'язка</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>use: as the rasters have it. ignore: hidden from the matchers, as if it were not known.</source>
      <translation>use: як її мають растри. ignore: прихована від методів зіставлення, ніби невідома.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Comparison of matchers</source>
      <translation>Порівняння методів зіставлення</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Two rows a matcher: its matches as found, and the tie points kept after outliers were rejected.</source>
      <translation>Два рядки на метод: збіги, якими їх знайдено, і зв'язкові точки, що лишилися після відкидання викидів.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Sensitivity curves</source>
      <translation>Криві чутливості</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>PNG files (*.png)</source>
      <translation>Файли PNG (*.png)</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Which share of the matches is right, by how strictly one asks.</source>
      <translation>Яка частка збігів правильна залежно від того, наскільки суворо питати.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>HTML files (*.html)</source>
      <translation>Файли HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>The table, the curves, and what the figures mean, in one file.</source>
      <translation>Таблиця, криві та значення чисел в одному файлі.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Number of pairs</source>
      <translation>Кількість пар</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>What was taken for the truth</source>
      <translation>Що прийнято за істину</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>Messages</source>
      <translation>Повідомлення</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>PAIRS: the folder {folder} does not exist.</source>
      <translation>PAIRS: теки {folder} немає.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>PAIRS: give a reference and a target, or a folder of pairs, not both.</source>
      <translation>PAIRS: задайте еталон і ціль або теку з парами, але не обидва.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>REFERENCE, TARGET: two rasters are needed, or a folder of pairs (PAIRS).</source>
      <translation>REFERENCE, TARGET: потрібні два растри або тека з парами (PAIRS).</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>{name}: only for two rasters whose georeferencing is used; leave it empty.</source>
      <translation>{name}: лише для двох растрів, геоприв'язка яких використовується; лишіть порожнім.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>KNOWN_WARP: “{warp}” is neither none nor identity, and there is no such file.</source>
      <translation>KNOWN_WARP: «{warp}» — не none й не identity, і такого файлу немає.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>MATCHERS: none was chosen; name at least one of {options}.</source>
      <translation>MATCHERS: нічого не вибрано; укажіть принаймні один із {options}.</translation>
    </message>
    <message>
      <location filename="../processing/assess_matchers.py"></location>
      <source>MATCHERS: “{name}” is not one of {options}.</source>
      <translation>MATCHERS: «{name}» не входить до {options}.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Scenes (rasters, products, folders)</source>
      <translation>Сцени (растри, продукти, теки)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Dates that lie on one pixel grid: rasters, Sentinel-2 products (zip or MTD file), or folders of any of these, one for each place or one for all. The help says which layouts are known.</source>
      <translation>Дати на одній піксельній сітці: растри, продукти Sentinel-2 (zip або файл MTD) чи теки з ними, по одній на місце або одна на всі. У довідці сказано, які розташування відомі.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Folder of scenes</source>
      <translation>Тека зі сценами</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>A folder of places or of dates, besides the scenes named above.</source>
      <translation>Тека місць або дат, крім сцен, названих вище.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Tile size (pixels)</source>
      <translation>Розмір тайла (пікселі)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Width and height of a tile. Places smaller than a tile are left out.</source>
      <translation>Ширина й висота тайла. Місця, менші за тайл, пропускаються.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Stride (pixels from tile to tile)</source>
      <translation>Крок (пікселі від тайла до тайла)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Less than the tile size: tiles overlap. What is left over at the right and below has tiles too.</source>
      <translation>Менше за розмір тайла: тайли перекриваються. Залишок праворуч і внизу теж має тайли.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Polygons outside of which nothing is used, in any CRS: a layer, its selected features, or a file. A GeoJSON file that names no CRS is in longitude and latitude.</source>
      <translation>Полігони, поза якими нічого не використовується, у будь-якій системі координат: шар, його вибрані об'єкти або файл. Файл GeoJSON без системи координат — у довготі та широті.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Radiometry</source>
      <translation>Радіометрія</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>threshold: reflectance up to a threshold, one with and one without snow. percentile: the 1st to the 99th percentile of each band. as_is: 8 bits as they are. auto: as_is for 8 bits, threshold for reflectances, else percentile.</source>
      <translation>threshold: відбивна здатність до порога, одного зі снігом і одного без. percentile: від 1-го до 99-го перцентиля кожного каналу. as_is: 8 біт без змін. auto: as_is для 8 біт, threshold для відбивної здатності, інакше percentile.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Threshold with snow (reflectance times 10000)</source>
      <translation>Поріг зі снігом (відбивна здатність, помножена на 10000)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>What is saturated in dates in which snow covers much: fields stay dark, snow keeps its texture.</source>
      <translation>Що насичується в дати, де багато снігу: поля лишаються темними, сніг зберігає текстуру.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Threshold without snow (reflectance times 10000)</source>
      <translation>Поріг без снігу (відбивна здатність, помножена на 10000)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>What is saturated in all other dates.</source>
      <translation>Що насичується в усі інші дати.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Seasons, where the measure is wrong</source>
      <translation>Сезони там, де автоматичне визначення помиляється</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>For example 2018-02-07=winter T36UUA/summer_prev=summer image_4=none. Left empty, names, scene classes, brightness and the month decide; the log says how.</source>
      <translation>Наприклад 2018-02-07=winter T36UUA/summer_prev=summer image_4=none. Порожньо: вирішують назви, класи сцени, яскравість і місяць; журнал повідомляє, як саме.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Leave clouds out</source>
      <translation>Пропускати хмари</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>By the cloud mask of a product (SCL). Other dates without snow: what is white in them and in no other such date.</source>
      <translation>За маскою хмар продукту (SCL). Інші дати без снігу: що в них біле й не біле в жодній іншій такій даті.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Most cloud and nodata in a tile (share, 0 to 1)</source>
      <translation>Найбільше хмар і порожніх пікселів у тайлі (частка, від 0 до 1)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>A tile is rejected in the dates in which it has more. It needs two dates to be kept.</source>
      <translation>Тайл відкидається в ті дати, де їх більше. Щоб лишитися, йому потрібні дві дати.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Places to validate on</source>
      <translation>Місця для перевірки</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Names with commas between. Left empty, a share of the places is drawn by the seed; the log says which.</source>
      <translation>Назви через кому. Порожньо: частка місць вибирається за початковим числом; у журналі вказано, які.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Places to test on</source>
      <translation>Місця для випробування</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Names with commas between; nothing of them is ever trained on.</source>
      <translation>Назви через кому; на них ніколи не навчають.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Share of the places to validate on (where none is named)</source>
      <translation>Частка місць для перевірки (де жодного не названо)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>At least one place of two and more; 0: none.</source>
      <translation>Принаймні одне місце з двох і більше; 0: жодного.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Name of the place</source>
      <translation>Назва місця</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Of rasters that are given one by one. Left empty, their folder's name.</source>
      <translation>Для растрів, заданих поодинці. Порожньо: назва їхньої теки.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Pixel size without a CRS (metres, 0 = not known)</source>
      <translation>Розмір пікселя без системи координат (метри, 0 = невідомо)</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Of pictures that have no CRS; 10 for most Sentinel-2 bands.</source>
      <translation>Для зображень без системи координат; 10 для більшості каналів Sentinel-2.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Measure the offsets between dates</source>
      <translation>Виміряти зсуви між датами</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>How far dates of a place lie off each other, to be taken away in training; a few seconds a pair.</source>
      <translation>Як далеко дати одного місця лежать одна від одної, щоб це відняти під час навчання; кілька секунд на пару.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Draw a contact sheet</source>
      <translation>Намалювати контактний аркуш</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>A picture of tiles and dates in the training set's folder: look at it before you train.</source>
      <translation>Зображення тайлів і дат у теці навчального набору: подивіться на нього перед навчанням.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Training set</source>
      <translation>Навчальний набір</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>The folder to write: a new or empty one, or a training set, which is replaced when the new one is whole. A folder of anything else is left alone.</source>
      <translation>Тека, у яку писати: нова чи порожня, або навчальний набір, який буде замінено, коли новий готовий. Теку з чимось іншим не чіпають.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Index of the training set</source>
      <translation>Покажчик навчального набору</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Contact sheet</source>
      <translation>Контактний аркуш</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of places</source>
      <translation>Кількість місць</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of dates, all places together</source>
      <translation>Кількість дат, усі місця разом</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of tiles</source>
      <translation>Кількість тайлів</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of tiles to train on</source>
      <translation>Кількість тайлів для навчання</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of tiles to validate on</source>
      <translation>Кількість тайлів для перевірки</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of tiles to test on</source>
      <translation>Кількість тайлів для випробування</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of tiles of single dates that were rejected</source>
      <translation>Кількість відкинутих тайлів окремих дат</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>Number of dates whose offset could not be measured</source>
      <translation>Кількість дат, зсув яких не вдалося виміряти</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>SCENES, SCENES_FOLDER: give rasters, Sentinel-2 products, or a folder of them.</source>
      <translation>SCENES, SCENES_FOLDER: задайте растри, продукти Sentinel-2 або теку з ними.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>SCENES: {name} has no file behind it: save it as a raster first.</source>
      <translation>SCENES: за {name} немає файлу: спершу збережіть як растр.</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>SCENES: there is no file or folder “{value}”.</source>
      <translation>SCENES: немає файлу чи теки «{value}».</translation>
    </message>
    <message>
      <location filename="../processing/build_training_set.py"></location>
      <source>SCENES_FOLDER: the folder {folder} does not exist.</source>
      <translation>SCENES_FOLDER: теки {folder} немає.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>No raster was given as {name}.</source>
      <translation>Для {name} не задано растра.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: there is no raster “{value}”: give the path of a file, or the name of a layer of the project.</source>
      <translation>{name}: растра «{value}» немає: задайте шлях до файлу або назву шару проєкту.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: “{value}” is not a raster that QGIS can open: the file is of another kind, or damaged.</source>
      <translation>{name}: «{value}» — не растр, який може відкрити QGIS: файл іншого виду або пошкоджений.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: {layer} has no band {band}; its bands are 1 to {count}.</source>
      <translation>{name}: {layer} не має каналу {band}; його канали від 1 до {count}.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: “{value}” is not one of {options}.</source>
      <translation>{name}: «{value}» не входить до {options}.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>at least {low:g}</source>
      <translation>принаймні {low:g}</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{low:g} to {high:g}</source>
      <translation>від {low:g} до {high:g}</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: {value} is out of range: it must be {bound}.</source>
      <translation>{name}: {value} поза межами: має бути {bound}.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: the extent “{value}” is empty: give xmin,xmax,ymin,ymax with xmin below xmax and ymin below ymax, and the CRS in brackets, for example 600000,610000,5490000,5500000 [EPSG:32636].</source>
      <translation>{name}: охоплення «{value}» порожнє: задайте xmin,xmax,ymin,ymax, де xmin менше за xmax, а ymin менше за ymax, і систему координат у дужках, наприклад 600000,610000,5490000,5500000 [EPSG:32636].</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>an input</source>
      <translation>вхідний файл</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: {path} is also {what}: choose another file, nothing was written.</source>
      <translation>{name}: {path} — це також {what}: виберіть інший файл; нічого не записано.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: the raster is written as GeoTIFF: give a name that ends in .tif, not {path}.</source>
      <translation>{name}: растр записується як GeoTIFF: задайте назву, що закінчується на .tif, а не {path}.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: {path} is a folder: give the name of a file in it.</source>
      <translation>{name}: {path} — тека: задайте назву файлу в ній.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: the folder {folder} does not exist: create it, or choose another.</source>
      <translation>{name}: теки {folder} немає: створіть її або виберіть іншу.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>{name}: nothing can be written in the folder {folder} ({reason}): choose another.</source>
      <translation>{name}: у теку {folder} не можна писати ({reason}): виберіть іншу.</translation>
    </message>
    <message>
      <location filename="../processing/checks.py"></location>
      <source>The reference and the target are the same raster ({name}): choose two different rasters, or two different bands of this one.</source>
      <translation>Еталон і ціль — той самий растр ({name}): виберіть два різні растри або два різні канали цього.</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the one that fits: structure, else any place, rotation and scale (built in, offline)</source>
      <translation>придатний: structure, інакше будь-яке місце, поворот і масштаб (вбудовано, офлайн)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>structure (built in, offline)</source>
      <translation>structure (вбудовано, офлайн)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>this plugin's own network, untrained (built in, offline)</source>
      <translation>власна мережа плагіна, ненавчена (вбудовано, офлайн)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the same with the weights that come with the plugin (built in, offline)</source>
      <translation>те саме з вагами, що йдуть із плагіном (вбудовано, офлайн)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>every model of the list</source>
      <translation>кожна модель списку</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>{title} (built in, offline)</source>
      <translation>{title} (вбудовано, офлайн)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>not for commercial use</source>
      <translation>не для комерційного вжитку</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>{title} (on this computer, {licence})</source>
      <translation>{title} (на цьому комп'ютері, {licence})</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>{title} (only what you trained yourself, {licence})</source>
      <translation>{title} (лише те, що навчили ви самі, {licence})</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>{title} ({size:.0f} MB download, needs the library transformers, {licence})</source>
      <translation>{title} (завантажити {size:.0f} МБ, потрібна бібліотека transformers, {licence})</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>{title} ({size:.0f} MB download, {licence})</source>
      <translation>{title} (завантажити {size:.0f} МБ, {licence})</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the simplest that is as good as the best</source>
      <translation>найпростіше, що не гірше за найкраще</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the same shift everywhere</source>
      <translation>той самий зсув усюди</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>shift, rotation and one scale</source>
      <translation>зсув, поворот і один масштаб</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>shift, rotation, two scales and shear</source>
      <translation>зсув, поворот, два масштаби й перекошення</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>a plane seen at another angle</source>
      <translation>площина під іншим кутом зору</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>bends once over the image (2nd order)</source>
      <translation>один вигин на зображення (2-й порядок)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>bends twice over the image (3rd order)</source>
      <translation>два вигини на зображення (3-й порядок)</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>bends from point to point; for some hundred points</source>
      <translation>вигинається від точки до точки; для кількох сотень точок</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>a smooth field that follows what moves differently from place to place</source>
      <translation>плавне поле для зсувів, різних у різних місцях</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the graphics card where there is one that works, else the processor</source>
      <translation>відеокарта, якщо є така, що працює, інакше процесор</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the processor</source>
      <translation>процесор</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>an NVIDIA graphics card</source>
      <translation>відеокарта NVIDIA</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the graphics of an Apple computer</source>
      <translation>графіка комп'ютера Apple</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>everywhere but within the polygons</source>
      <translation>усюди, крім полігонів</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>only within the polygons</source>
      <translation>лише в полігонах</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>values stay as they are: classes, masks</source>
      <translation>значення лишаються без змін: класи, маски</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>smooth</source>
      <translation>плавно</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>sharp, for images</source>
      <translation>чітко, для зображень</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>sharpest, with rings at hard edges</source>
      <translation>найчіткіше, з ореолами на різких межах</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>as the rasters have it</source>
      <translation>як її мають растри</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>hidden from the matchers, as if it were not known</source>
      <translation>прихована від методів зіставлення, ніби невідома</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>reflectance times 10000, whole numbers</source>
      <translation>відбивна здатність, помножена на 10000, цілі числа</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>0 to 1</source>
      <translation>від 0 до 1</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>0 to the threshold as 1 to 255</source>
      <translation>від 0 до порога як від 1 до 255</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>2nd to 98th percentile of each band as 1 to 255</source>
      <translation>від 2-го до 98-го перцентиля кожного каналу як від 1 до 255</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>by what the images are</source>
      <translation>за тим, якими є зображення</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>8 bits as they are</source>
      <translation>8 біт без змін</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>reflectance up to a threshold, another one with snow</source>
      <translation>відбивна здатність до порога, зі снігом до іншого</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>1st to 99th percentile of each band</source>
      <translation>від 1-го до 99-го перцентиля кожного каналу</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the fastest that this computer does well</source>
      <translation>найшвидше, що добре вміє цей комп'ютер</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>16 bits, wide range</source>
      <translation>16 біт, широкий діапазон</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>16 bits, for graphics cards</source>
      <translation>16 біт, для відеокарт</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>32 bits, slowest and surest</source>
      <translation>32 біти, найповільніше й найнадійніше</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>which models there are, and which are on this computer</source>
      <translation>які моделі є і які з них на цьому комп'ютері</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>fetch one from where its authors publish it</source>
      <translation>отримати модель звідти, де її публікують автори</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>take one from a file</source>
      <translation>взяти модель із файлу</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>delete one from the folder of weights</source>
      <translation>видалити модель із теки ваг</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>is the engine there, is it whole, what does it compute on?</source>
      <translation>чи є рушій, чи він цілий, на чому обчислює?</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>make it, or bring it up to date</source>
      <translation>створити або оновити</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>make it anew</source>
      <translation>створити наново</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>the build that is there, else cpu</source>
      <translation>наявна збірка, інакше cpu</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>for every computer</source>
      <translation>для будь-якого комп'ютера</translation>
    </message>
    <message>
      <location filename="../processing/choices.py"></location>
      <source>for an NVIDIA graphics card; some gigabytes to download</source>
      <translation>для відеокарти NVIDIA; завантажити кілька гігабайтів</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Scenes</source>
      <translation>Сцени</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Rasters of any dates, sensors and sizes, with or without a CRS. A file that cannot be read is a warning and rows that name it.</source>
      <translation>Растри будь-яких дат, сенсорів і розмірів, із системою координат чи без. Файл, який не вдається прочитати, дає попередження і рядки, що його називають.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>All rasters of this folder, besides those named above; not of folders within it.</source>
      <translation>Усі растри цієї теки, крім названих вище; не з тек усередині неї.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Polygons to which the comparison is limited, in any CRS: a layer, its selected features, or a file. A GeoJSON file that names no CRS is in longitude and latitude. Scenes that none of them touches are left out; scenes without a CRS need polygons in their pixels.</source>
      <translation>Полігони, якими обмежено порівняння, у будь-якій системі координат: шар, його вибрані об'єкти або файл. Файл GeoJSON без системи координат — у довготі та широті. Сцени, яких жоден не торкається, пропускаються; сцени без системи координат потребують полігонів у їхніх пікселях.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Matcher</source>
      <translation>Метод зіставлення</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>auto, structure: lays the directions of edges over each other in every position; finds snow and summer alike, for scenes of like orientation. The others find keypoints once a scene and look for one motion between those of two: any rotation and scale, but one season.</source>
      <translation>auto, structure: накладає напрямки контурів у кожному положенні; однаково знаходить сніг і літо, для сцен однакової орієнтації. Інші раз на сцену знаходять ключові точки і шукають один рух між точками двох сцен: будь-який поворот і масштаб, але один сезон.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Same place from this similarity (0 to 1)</source>
      <translation>Те саме місце від такої подібності (від 0 до 1)</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Pairs of at least this similarity are taken for the same place. The default was measured: no pair of different places came near it. Lower it to find more pairs of mostly cloudy scenes.</source>
      <translation>Пари принаймні такої подібності вважаються тим самим місцем. Стандартне значення виміряно: жодна пара різних місць не підійшла близько. Зменште, щоб знайти більше пар дуже хмарних сцен.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Least overlap (share of the smaller scene, 0.05 to 1)</source>
      <translation>Найменше перекриття (частка меншої сцени, від 0.05 до 1)</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>What two scenes must show in common to count as one place. Neighbouring Sentinel-2 tiles share a tenth.</source>
      <translation>Що дві сцени мусять показувати спільно, щоб вважатися одним місцем. Сусідні тайли Sentinel-2 мають спільну десяту частину.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Cache</source>
      <translation>Кеш</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>A folder that keeps what is done, so that a stopped run goes on and another with more scenes begins with what is known. Left empty: one beside the table of pairs, until that is written.</source>
      <translation>Тека, що зберігає зроблене, щоб зупинений запуск продовжився, а інший, із більшою кількістю сцен, почав із відомого. Порожньо: поруч із таблицею пар, доки її не записано.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Pairs of scenes</source>
      <translation>Пари сцен</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>One row a pair: similarity, inliers, shift, and whether both show the same place.</source>
      <translation>Рядок на пару: подібність, узгоджені точки, зсув і чи показують обидві те саме місце.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Heat map</source>
      <translation>Теплова карта</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>The similarity of all pairs, scenes of one place together, by date.</source>
      <translation>Подібність усіх пар, сцени одного місця разом, за датою.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>The heat map, the places, and pairs to look at with what agrees drawn in, in one file.</source>
      <translation>Теплова карта, місця й пари для перегляду з намальованими збігами, в одному файлі.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Number of pairs of the same place</source>
      <translation>Кількість пар того самого місця</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Number of scenes</source>
      <translation>Кількість сцен</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Number of scenes that could not be compared</source>
      <translation>Кількість сцен, які не вдалося порівняти</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>Number of places with at least two scenes</source>
      <translation>Кількість місць принаймні з двома сценами</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>FOLDER: the folder {folder} does not exist.</source>
      <translation>FOLDER: теки {folder} немає.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>INPUTS, FOLDER: give at least two rasters, or a folder of them.</source>
      <translation>INPUTS, FOLDER: задайте принаймні два растри або теку з ними.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>INPUTS: {name} has no file behind it: save it as a raster first.</source>
      <translation>INPUTS: за {name} немає файлу: спершу збережіть як растр.</translation>
    </message>
    <message>
      <location filename="../processing/compare_scenes.py"></location>
      <source>{same} of {count} pairs show the same place; {places} places with at least two scenes.</source>
      <translation>{same} з {count} пар показують те саме місце; місць принаймні з двома сценами: {places}.</translation>
    </message>
    <message>
      <location filename="../processing/coregister.py"></location>
      <source>Only this part of the reference is matched, and written. Any CRS.</source>
      <translation>Зіставляється і записується лише ця частина еталона. Будь-яка система координат.</translation>
    </message>
    <message>
      <location filename="../processing/coregister.py"></location>
      <source>Co-registered raster</source>
      <translation>Корегістрований растр</translation>
    </message>
    <message>
      <location filename="../processing/coregister.py"></location>
      <source>The target on the pixel grid of the reference, with all its bands: a cloud-optimised GeoTIFF. Without a trustworthy match (STATUS no_match) nothing is written.</source>
      <translation>Ціль на піксельній сітці еталона з усіма каналами: хмарно-оптимізований GeoTIFF (COG). Без надійного збігу (STATUS no_match) нічого не записується.</translation>
    </message>
    <message>
      <location filename="../processing/coregister.py"></location>
      <source>No raster was written, because no trustworthy match was found.</source>
      <translation>Растр не записано, бо надійного збігу не знайдено.</translation>
    </message>
    <message>
      <location filename="../processing/coregister.py"></location>
      <source>{target} on {reference}</source>
      <translation>{target} на {reference}</translation>
    </message>
    <message>
      <location filename="../processing/coregister.py"></location>
      <source>{target}, warped onto the pixel grid of {reference}.</source>
      <translation>{target}, трансформовано на піксельну сітку {reference}.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Of any size, with or without a CRS; it is read tile by tile.</source>
      <translation>Будь-якого розміру, із системою координат чи без; читається тайл за тайлом.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Raster</source>
      <translation>Растр</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Detector</source>
      <translation>Детектор</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>sift: blobs of any size, to a tenth of a pixel. akaze: fewer, at edges. orb: corners, fastest. aliked, disk, xfeat, superpoint: networks, whose weights must be in the model store.</source>
      <translation>sift: плями будь-якого розміру, до десятої частки пікселя. akaze: менше, на контурах. orb: кути, найшвидше. aliked, disk, xfeat, superpoint: мережі, ваги яких мають бути у сховищі моделей.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Most keypoints (0 = all)</source>
      <translation>Найбільше ключових точок (0 = усі)</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>The strongest of each part of the raster are kept, so that a city does not take them all.</source>
      <translation>Лишаються найсильніші з кожної частини растра, щоб місто не забрало всіх.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Keypoints are looked for in this rectangle. Any CRS.</source>
      <translation>Ключові точки шукають у цьому прямокутнику. Будь-яка система координат.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Polygons within which keypoints are kept, in any CRS: a layer, its selected features, or a file. A GeoJSON file that names no CRS is in longitude and latitude.</source>
      <translation>Полігони, у яких ключові точки лишаються, у будь-якій системі координат: шар, його вибрані об'єкти або файл. Файл GeoJSON без системи координат — у довготі та широті.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>The band to look at. Left empty, it is chosen by name and wavelength: red, else near infrared, else gray. The log says which.</source>
      <translation>Канал, на який дивитися. Порожньо: вибирається за назвою та довжиною хвилі: червоний, інакше ближній інфрачервоний, інакше сірий. У журналі вказано, який.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Band</source>
      <translation>Канал</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Options of the detector</source>
      <translation>Параметри детектора</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>name=value, with spaces between, such as contrast=0.005 for sift. A name that the detector does not know is refused, with a list of those that it does.</source>
      <translation>назва=значення через пробіли, як-от contrast=0.005 для sift. Назву, якої детектор не знає, буде відхилено зі списком тих, які він знає.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Keypoints</source>
      <translation>Ключові точки</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Points in the CRS of the raster; of a raster without one, where QGIS shows it.</source>
      <translation>Точки в системі координат растра; для растра без неї — там, де його показує QGIS.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Keypoint figure</source>
      <translation>Рисунок ключових точок</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>The raster with its keypoints as circles of their size, coloured by response.</source>
      <translation>Растр із ключовими точками у вигляді кіл їхнього розміру, забарвлених за відгуком.</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Number of keypoints</source>
      <translation>Кількість ключових точок</translation>
    </message>
    <message>
      <location filename="../processing/detect_keypoints.py"></location>
      <source>Keypoints of {raster}, found by {detector}.</source>
      <translation>Ключові точки {raster}, знайдені методом {detector}.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>What to do</source>
      <translation>Що робити</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>check: is the engine there, is it whole, and which devices (CPU, CUDA, Apple's GPU) does it compute on? Nothing is changed. install: make the environment, or bring it up to date; does nothing where it is. repair: make it anew.</source>
      <translation>check: чи є рушій, чи він повний і на яких пристроях (CPU, CUDA, GPU Apple) обчислює? Нічого не змінюється. install: створити середовище або оновити; якщо воно актуальне, нічого не робиться. repair: створити наново.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>Build of torch</source>
      <translation>Збірка torch</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>For install and repair. cpu: for every computer (on Apple silicon it uses the GPU too). cuda: for an NVIDIA card with a driver of version 580 or newer; some gigabytes to fetch. Left empty: the build that is there, else cpu.</source>
      <translation>Для install і repair. cpu: для будь-якого комп'ютера (на Apple silicon використовує й GPU). cuda: для карти NVIDIA з драйвером версії 580 або новішим; завантажити кілька гігабайтів. Порожньо: наявна збірка, інакше cpu.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>Python</source>
      <translation>Python</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>install, repair: the Python (3.11 to 3.14, 64 bit) to make the environment with; left empty, the best of this computer is taken, and the log says which. check: the Python of the environment to look at; left empty, the one that is used.</source>
      <translation>install, repair: Python (від 3.11 до 3.14, 64 біти), з яким створити середовище; порожньо: найкращий на цьому комп'ютері, у журналі вказано, який. check: Python середовища, яке перевірити; порожньо: те, що використовується.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>Folder of wheels, to install without a connection</source>
      <translation>Тека з wheel-пакетами, щоб установити без з'єднання</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>A folder of packages (*.whl) from which alone everything is taken. The help says how it is filled on another computer. Left empty: the one of the plugin's settings, else the network, through the proxy of QGIS's settings.</source>
      <translation>Тека з пакетами (*.whl), з якої лише й береться все. У довідці описано, як заповнити її на іншому комп'ютері. Порожньо: тека з налаштувань плагіна, інакше мережа через проксі з налаштувань QGIS.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>Also the library transformers (SuperPoint, SuperGlue, EfficientLoFTR)</source>
      <translation>Також бібліотека transformers (SuperPoint, SuperGlue, EfficientLoFTR)</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>For install and repair: adds what these matchers need, to an environment that is there too. An environment that has it keeps it.</source>
      <translation>Для install і repair: додає те, що потрібно цим методам, зокрема до наявного середовища. Середовище, яке її має, зберігає її.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>Whether the engine can run</source>
      <translation>Чи може працювати рушій</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>What was found, as text</source>
      <translation>Що знайдено, текстом</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>TORCH: the build is chosen for install and repair; check takes none.</source>
      <translation>TORCH: збірку вибирають для install і repair; check її не приймає.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>Not ready.</source>
      <translation>Не готово.</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>The engine is ready: {python}</source>
      <translation>Рушій готовий: {python}</translation>
    </message>
    <message>
      <location filename="../processing/environment.py"></location>
      <source>The plugin is set to use another environment, {chosen}: what was made is not used until Settings &gt; Options &gt; Sentinel Match (or the variable SENTINEL_MATCH_PYTHON) is emptied.</source>
      <translation>Плагін налаштовано на інше середовище, {chosen}: створене не використовується, доки не очищено Налаштування &gt; Параметри &gt; Sentinel Match (або змінну SENTINEL_MATCH_PYTHON).</translation>
    </message>
    <message>
      <location filename="../processing/example_models.py"></location>
      <source>Examples (models)</source>
      <translation>Приклади (моделі)</translation>
    </message>
    <message>
      <location filename="../processing/help/assessmatchers.html"></location>
      <source>&lt;p&gt;Runs several matchers on one pair of rasters, or on every pair of a folder, and counts &lt;b&gt;how many of their matches are right&lt;/b&gt;: which matcher is the one for your images?&lt;/p&gt;</source>
      <translation>&lt;p&gt;Запускає кілька методів зіставлення на одній парі растрів або на кожній парі з теки й рахує, &lt;b&gt;скільки їхніх збігів правильні&lt;/b&gt;: який метод підходить до ваших зображень?&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/assessmatchers.html"></location>
      <source>&lt;h3&gt;What counts as right&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Що вважається правильним&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/assessmatchers.html"></location>
      <source>&lt;p&gt;With a &lt;b&gt;known warp&lt;/b&gt;, a match is right if it lies within the threshold of where the truth puts it. The truth is &lt;i&gt;identity&lt;/i&gt; for a pair that is already registered; a &lt;i&gt;matrix&lt;/i&gt; of 2 x 3 or 3 x 3 numbers in a JSON or CSV file that takes a reference pixel to the target pixel that shows it (the centre of the first pixel is 0.5, 0.5); a &lt;i&gt;displacement raster&lt;/i&gt; of the reference's size; or the truth.json of a season pair.&lt;/p&gt;</source>
      <translation>&lt;p&gt;З &lt;b&gt;відомою деформацією&lt;/b&gt; збіг правильний, якщо він лежить у межах порога від істинного місця. Істина — це &lt;i&gt;identity&lt;/i&gt; для вже суміщеної пари; &lt;i&gt;матриця&lt;/i&gt; 2 x 3 чи 3 x 3 чисел у файлі JSON або CSV, яка переводить піксель еталона в піксель цілі, що його показує (центр першого пікселя — 0.5, 0.5); &lt;i&gt;растр зміщень&lt;/i&gt; розміру еталона; або truth.json сезонної пари.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/assessmatchers.html"></location>
      <source>&lt;p&gt;Without one, the &lt;b&gt;consensus&lt;/b&gt; is counted: the share of the matches that lie within the threshold of one homography, fitted with RANSAC. This is the protocol of published comparisons. It is a weaker claim: matches that are wrong alike agree too, and four matches always agree. The table and the report say which of the two was used.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Без неї рахується &lt;b&gt;узгодженість&lt;/b&gt;: частка збігів, що лежать у межах порога від однієї гомографії, підібраної методом RANSAC. Так роблять в опублікованих порівняннях. Це слабше твердження: однаково хибні збіги теж узгоджуються, а чотири збіги узгоджуються завжди. У таблиці та звіті вказано, що саме використано.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;p&gt;Makes a &lt;b&gt;training set&lt;/b&gt; for &lt;i&gt;Train matcher&lt;/i&gt; out of dates of one or more places that already lie on each other: snow and summer, this year and last. Two dates of one place are a pair whose true correspondences are known, which is all that a matcher needs to learn.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Створює &lt;b&gt;навчальний набір&lt;/b&gt; для &lt;i&gt;Навчити метод зіставлення&lt;/i&gt; з дат одного чи кількох місць, які вже лежать одна на одній: сніг і літо, цей рік і минулий. Дві дати одного місця — це пара, істинні відповідності якої відомі, і більше методу для навчання не потрібно.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;h3&gt;What may be given&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Що можна задати&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;p&gt;All dates of a place must lie on &lt;b&gt;one pixel grid&lt;/b&gt; (size, CRS, origin); what does not is refused with both grids named. Known layouts, said in the log:&lt;/p&gt;</source>
      <translation>&lt;p&gt;Усі дати одного місця мають лежати на &lt;b&gt;одній піксельній сітці&lt;/b&gt; (розмір, система координат, початок); інше відхиляється з назвою обох сіток. Відомі розташування, про які повідомляє журнал:&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;li&gt;&lt;b&gt;Sentinel-2 products&lt;/b&gt; (.SAFE folder, its zip, its MTD file): dates of the place that their tile names; L2A brings its scene classes as cloud mask.&lt;/li&gt;</source>
      <translation>&lt;li&gt;&lt;b&gt;Продукти Sentinel-2&lt;/b&gt; (тека .SAFE, її zip, її файл MTD): дати місця, яке називає їхній тайл; L2A дає свої класи сцени як маску хмар.&lt;/li&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;li&gt;A &lt;b&gt;folder of rasters&lt;/b&gt;: each is a date of the place that the folder names. Dates are read from the names (20180207 or 2018-02-07).&lt;/li&gt;</source>
      <translation>&lt;li&gt;&lt;b&gt;Тека з растрами&lt;/b&gt;: кожен — дата місця, названого текою. Дати читаються з назв (20180207 або 2018-02-07).&lt;/li&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;li&gt;A &lt;b&gt;folder of subtiles&lt;/b&gt; tile_X_Y.png, X and Y the pixel of the upper left corner: one date. A folder of such folders (winter, summer): a place.&lt;/li&gt;</source>
      <translation>&lt;li&gt;&lt;b&gt;Тека з частинами тайла&lt;/b&gt; tile_X_Y.png, де X і Y — піксель лівого верхнього кута: одна дата. Тека з такими теками (winter, summer): місце.&lt;/li&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;li&gt;A &lt;b&gt;file for each band&lt;/b&gt; (B02.tif, B03.tif, SCL.tif): one date; a folder of such folders: a place.&lt;/li&gt;</source>
      <translation>&lt;li&gt;&lt;b&gt;Файл на кожен канал&lt;/b&gt; (B02.tif, B03.tif, SCL.tif): одна дата; тека з такими теками: місце.&lt;/li&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;li&gt;A folder of any of these: several places.&lt;/li&gt;</source>
      <translation>&lt;li&gt;Тека з будь-чим із цього: кілька місць.&lt;/li&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;p&gt;Up to four bands that all dates have are kept: red, green, blue and near infrared first.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Зберігається до чотирьох каналів, які мають усі дати: насамперед червоний, зелений, синій і ближній інфрачервоний.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;h3&gt;Radiometry&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Радіометрія&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;p&gt;What saturates is decided by the season, because snow is three times as bright as anything in summer: reflectance (times 10000) up to &lt;b&gt;8000 with snow, 3000 without&lt;/b&gt;. Whether a date has snow is told by its name, its scene classes, its brightness, and by the month; the log says so for each date, with the share that is saturated, and &lt;i&gt;Seasons&lt;/i&gt; overrules it. Pictures of 8 bits stay as they are.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Що насичується, вирішує сезон, бо сніг утричі яскравіший за все влітку: відбивна здатність (помножена на 10000) до &lt;b&gt;8000 зі снігом, 3000 без нього&lt;/b&gt;. Чи є на дату сніг, визначають її назва, класи сцени, яскравість і місяць; журнал повідомляє це для кожної дати разом із насиченою часткою, а &lt;i&gt;Сезони&lt;/i&gt; мають перевагу. 8-бітні зображення лишаються без змін.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;h3&gt;Clouds, nodata, tiles&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Хмари, nodata, тайли&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/buildtrainingset.html"></location>
      <source>&lt;p&gt;Clouds are left out by the product's own mask. Without one: what is white in a date and in no other date without snow; under snow nothing can be said by that rule, so choose snowy dates with a clear sky. A tile is rejected in a date with too much cloud or nodata, and kept if two dates remain. Counts are in the log, every tile in &lt;i&gt;tiles.csv&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Хмари пропускаються за маскою самого продукту. Якщо її немає: те, що біле на одну дату й не біле на жодну іншу без снігу; для снігу це правило нічого не каже, тож вибирайте сніжні дати з ясним небом. Тайл відкидається на дату, де забагато хмар чи nodata, і лишається, якщо залишаються дві дати. Кількості — у журналі, кожен тайл — у &lt;i&gt;tiles.csv&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/comparescenes.html"></location>
      <source>&lt;p&gt;Compares &lt;b&gt;every scene with every other&lt;/b&gt; and says which show the same place: fifty scenes are 1225 pairs. For sorting a folder of overviews, finding dates that are too cloudy to use, scenes that lie in the wrong folder, or pairs for &lt;i&gt;Match rasters&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Порівнює &lt;b&gt;кожну сцену з кожною&lt;/b&gt; і повідомляє, які показують те саме місце: п'ятдесят сцен — це 1225 пар. Щоб упорядкувати теку з оглядовими зображеннями, знайти занадто хмарні дати, сцени в не тій теці або пари для &lt;i&gt;Зіставити растри&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/comparescenes.html"></location>
      <source>&lt;p&gt;Each scene is looked at once, at about 512 pixels on its longer side. With the matcher &lt;i&gt;auto&lt;/i&gt; (&lt;i&gt;structure&lt;/i&gt;) two scenes are laid over each other in every position by the &lt;b&gt;directions of their edges&lt;/b&gt;, which snow, crops and the time of year do not change. Parts without ground (nodata, a dark empty rim of a swath) do not count.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Кожна сцена розглядається один раз, приблизно у 512 пікселях за довшою стороною. З методом &lt;i&gt;auto&lt;/i&gt; (&lt;i&gt;structure&lt;/i&gt;) дві сцени накладаються в кожному положенні за &lt;b&gt;напрямками контурів&lt;/b&gt;, яких не змінюють ні сніг, ні посіви, ні пора року. Частини без місцевості (nodata, темний порожній край смуги знімання) не враховуються.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/comparescenes.html"></location>
      <source>&lt;h3&gt;The table of pairs&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Таблиця пар&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/comparescenes.html"></location>
      <source>&lt;p&gt;&lt;b&gt;scene_a, scene_b&lt;/b&gt;: the scenes. &lt;b&gt;similarity&lt;/b&gt;, 0 to 1: how far the best position stands out from all others; different places are below 0.25, scenes of one place mostly above 0.6, mostly cloudy ones between. &lt;b&gt;inliers&lt;/b&gt;: windows (or keypoints) that, each looked for on its own, agree on the position. &lt;b&gt;shift_x, shift_y&lt;/b&gt;: how far what is in scene a lies off in scene b, with &lt;b&gt;shift_unit&lt;/b&gt;: between georeferenced scenes what the georeferencing does not explain, east and north in units of the CRS; else pixels of scene a, to the right and down. It is good to about a tenth of a pixel of the small picture, not more: &lt;i&gt;Match rasters&lt;/i&gt; measures. &lt;b&gt;same_place&lt;/b&gt;: the similarity is at least the threshold. &lt;b&gt;note&lt;/b&gt;: why a pair was not compared. A file that cannot be read has its rows, with a note and nothing else.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;scene_a, scene_b&lt;/b&gt;: сцени. &lt;b&gt;similarity&lt;/b&gt;, від 0 до 1: наскільки найкраще положення вирізняється з-поміж решти; різні місця — нижче 0.25, сцени одного місця здебільшого вище 0.6, дуже хмарні — між ними. &lt;b&gt;inliers&lt;/b&gt;: вікна (або ключові точки), які, шукані кожне окремо, узгоджуються щодо положення. &lt;b&gt;shift_x, shift_y&lt;/b&gt;: наскільки вміст сцени a зміщено у сцені b, з &lt;b&gt;shift_unit&lt;/b&gt;: між прив'язаними сценами — те, чого не пояснює геоприв'язка, на схід і північ в одиницях системи координат; інакше пікселі сцени a, праворуч і вниз. Точність — близько десятої частки пікселя зменшеного зображення, не більше: вимірює &lt;i&gt;Зіставити растри&lt;/i&gt;. &lt;b&gt;same_place&lt;/b&gt;: подібність не менша за поріг. &lt;b&gt;note&lt;/b&gt;: чому пару не порівняно. Файл, який не вдалося прочитати, має свої рядки лише з приміткою.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/comparescenes.html"></location>
      <source>&lt;h3&gt;What counts as one place&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Що вважається одним місцем&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/comparescenes.html"></location>
      <source>&lt;p&gt;Two scenes must show at least a quarter of the smaller one in common (&lt;i&gt;Least overlap&lt;/i&gt;): neighbouring tiles, which share a tenth, are two places. Georeferenced scenes are compared only where they overlap, within &lt;i&gt;Largest displacement&lt;/i&gt;. Scenes without a CRS are compared in all positions; where their sizes differ, both as showing one extent and as having one pixel size. Turned or mirrored scenes are not found by &lt;i&gt;structure&lt;/i&gt;; &lt;i&gt;sift&lt;/i&gt;, &lt;i&gt;akaze&lt;/i&gt; and &lt;i&gt;orb&lt;/i&gt; find turned ones, of one season.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Дві сцени мають показувати спільно принаймні чверть меншої з них (&lt;i&gt;Найменше перекриття&lt;/i&gt;): сусідні тайли зі спільною десятою частиною — це два місця. Прив'язані сцени порівнюються лише там, де перекриваються, у межах &lt;i&gt;Найбільшого зсуву&lt;/i&gt;. Сцени без системи координат порівнюються в усіх положеннях; якщо їхні розміри різні — і як такі, що показують одне охоплення, і як такі, що мають один розмір пікселя. Повернутих чи віддзеркалених сцен &lt;i&gt;structure&lt;/i&gt; не знаходить; &lt;i&gt;sift&lt;/i&gt;, &lt;i&gt;akaze&lt;/i&gt; та &lt;i&gt;orb&lt;/i&gt; знаходять повернуті, того самого сезону.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/coregister.html"></location>
      <source>&lt;p&gt;Matches the &lt;i&gt;target&lt;/i&gt; with the &lt;i&gt;reference&lt;/i&gt;, as &lt;i&gt;Match rasters&lt;/i&gt; does, and warps it onto the reference's pixel grid: afterwards pixel lies on pixel.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Зіставляє &lt;i&gt;ціль&lt;/i&gt; з &lt;i&gt;еталоном&lt;/i&gt;, як &lt;i&gt;Зіставити растри&lt;/i&gt;, і трансформує її на піксельну сітку еталона: після цього піксель лежить на пікселі.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/coregister.html"></location>
      <source>&lt;p&gt;All bands, data types, nodata values, band names and colours of the target are kept. The result is a tiled, compressed GeoTIFF with overviews.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Усі канали, типи даних, значення nodata, назви каналів і кольори цілі зберігаються. Результат — тайлований стиснутий GeoTIFF з оглядами (пірамідами).&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/coregister.html"></location>
      <source>&lt;h3&gt;How good is it?&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Наскільки це точно?&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/coregister.html"></location>
      <source>&lt;p&gt;&lt;b&gt;STATUS&lt;/b&gt; says: &lt;i&gt;ok&lt;/i&gt;; &lt;i&gt;low_confidence&lt;/i&gt;, when the points are few, clustered, or two answers compete: look before you use it; &lt;i&gt;no_match&lt;/i&gt;, when nothing can be trusted: then &lt;b&gt;no raster is written&lt;/b&gt;. &lt;b&gt;RMSE&lt;/b&gt; and &lt;b&gt;CE90&lt;/b&gt; (metres) are cross-validated: measured on points that were held out.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;STATUS&lt;/b&gt;: &lt;i&gt;ok&lt;/i&gt;; &lt;i&gt;low_confidence&lt;/i&gt;, коли точок мало, вони скупчені або суперечать одна одній дві відповіді: перегляньте перед використанням; &lt;i&gt;no_match&lt;/i&gt;, коли нічому не можна довіряти: тоді &lt;b&gt;растр не записується&lt;/b&gt;. &lt;b&gt;RMSE&lt;/b&gt; і &lt;b&gt;CE90&lt;/b&gt; (метри) отримано перехресною перевіркою: виміряно на відкладених точках.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/coregister.html"></location>
      <source>&lt;h3&gt;When it does not work&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Якщо не виходить&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/coregister.html"></location>
      <source>&lt;p&gt;Raise &lt;i&gt;Largest displacement looked for&lt;/i&gt; if the target may lie farther off. Give an &lt;i&gt;Area&lt;/i&gt; to keep clouds and water out. Choose the bands by hand if the two sensors name them differently. Rasters without any georeferencing are matched by the free matchers (&lt;i&gt;sift&lt;/i&gt;, &lt;i&gt;akaze&lt;/i&gt;, &lt;i&gt;aliked&lt;/i&gt;, &lt;i&gt;loftr&lt;/i&gt; and more: the help of &lt;i&gt;Match rasters&lt;/i&gt; has a table of them and of their options).&lt;/p&gt;</source>
      <translation>&lt;p&gt;Збільште &lt;i&gt;Найбільший зсув, який шукати&lt;/i&gt;, якщо ціль може лежати далі. Задайте &lt;i&gt;Область&lt;/i&gt;, щоб вилучити хмари й воду. Виберіть канали вручну, якщо сенсори називають їх по-різному. Растри без жодної геоприв'язки зіставляють вільні методи (&lt;i&gt;sift&lt;/i&gt;, &lt;i&gt;akaze&lt;/i&gt;, &lt;i&gt;aliked&lt;/i&gt;, &lt;i&gt;loftr&lt;/i&gt; та інші: у довідці &lt;i&gt;Зіставити растри&lt;/i&gt; є їхня таблиця з параметрами).&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/detectkeypoints.html"></location>
      <source>&lt;p&gt;Finds &lt;b&gt;keypoints&lt;/b&gt;, places that a detector would find again in another image, in one raster: to see what a matcher has to work with, where an image has texture and where it has none (cloud, water, bare snow), or to use the points elsewhere.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Знаходить в одному растрі &lt;b&gt;ключові точки&lt;/b&gt; — місця, які детектор знайшов би й на іншому зображенні: щоб побачити, з чим працюватиме метод зіставлення, де зображення має текстуру, а де ні (хмари, вода, суцільний сніг), або щоб використати точки деінде.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/detectkeypoints.html"></location>
      <source>&lt;p&gt;Rasters of any size are read tile by tile, in bounded memory; tiles overlap, so that their borders leave no mark. Nothing is found near nodata, whose edge is no keypoint. The strongest keypoints of each part of the raster are kept, so that they are spread over it.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Растри будь-якого розміру читаються тайл за тайлом, з обмеженою пам'яттю; тайли перекриваються, тож їхні межі не лишають слідів. Біля nodata нічого не знаходиться, бо його край — не ключова точка. Лишаються найсильніші точки з кожної частини растра, щоб вони були розподілені по ньому.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/detectkeypoints.html"></location>
      <source>&lt;h3&gt;The points&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Точки&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/detectkeypoints.html"></location>
      <source>&lt;p&gt;&lt;b&gt;response&lt;/b&gt;: how strong, on the detector's own scale; higher is stronger, and &lt;b&gt;id&lt;/b&gt; 1 is the strongest. &lt;b&gt;scale&lt;/b&gt;: the diameter of the place in pixels. &lt;b&gt;angle&lt;/b&gt;: its direction in degrees, 0 along the row, clockwise. Scale and angle are empty where a detector has none. &lt;b&gt;column, row&lt;/b&gt;: pixels of the raster, the centre of the first one at 0.5. The points are in the raster's CRS; without one, at column and minus row, where QGIS shows the raster.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;response&lt;/b&gt;: наскільки сильна, за власною шкалою детектора; більше — сильніша, а &lt;b&gt;id&lt;/b&gt; 1 — найсильніша. &lt;b&gt;scale&lt;/b&gt;: діаметр місця в пікселях. &lt;b&gt;angle&lt;/b&gt;: його напрямок у градусах, 0 — уздовж рядка, за годинниковою стрілкою. scale та angle порожні, якщо детектор їх не має. &lt;b&gt;column, row&lt;/b&gt;: пікселі растра, центр першого — 0.5. Точки — у системі координат растра; без неї — у стовпці та мінус рядку, де QGIS показує растр.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/detectkeypoints.html"></location>
      <source>&lt;h3&gt;Detectors&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Детектори&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/detectkeypoints.html"></location>
      <source>&lt;p&gt;&lt;b&gt;sift&lt;/b&gt;, &lt;b&gt;akaze&lt;/b&gt; and &lt;b&gt;orb&lt;/b&gt; need nothing. &lt;b&gt;aliked&lt;/b&gt;, &lt;b&gt;disk&lt;/b&gt;, &lt;b&gt;xfeat&lt;/b&gt; and &lt;b&gt;superpoint&lt;/b&gt; are networks: their weights must be in the model store (&lt;i&gt;Weights of matchers&lt;/i&gt;); nothing is downloaded by itself. SuperPoint's weights are for non-commercial research only.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;sift&lt;/b&gt;, &lt;b&gt;akaze&lt;/b&gt; та &lt;b&gt;orb&lt;/b&gt; нічого не потребують. &lt;b&gt;aliked&lt;/b&gt;, &lt;b&gt;disk&lt;/b&gt;, &lt;b&gt;xfeat&lt;/b&gt; і &lt;b&gt;superpoint&lt;/b&gt; — це мережі: їхні ваги мають бути у сховищі моделей (&lt;i&gt;Ваги методів зіставлення&lt;/i&gt;); само нічого не завантажується. Ваги SuperPoint — лише для некомерційних досліджень.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;p&gt;The matching runs outside QGIS, in a Python environment of its own with PyTorch, so that a crash of a network ends a job and not QGIS, and so that QGIS's own libraries stay as they are. That environment is made &lt;b&gt;once&lt;/b&gt;, here or under &lt;i&gt;Settings &amp;gt; Options &amp;gt; Sentinel Match&lt;/i&gt;. Nothing is downloaded before you say so.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Зіставлення йде поза QGIS, у власному середовищі Python із PyTorch, щоб збій мережі завершував завдання, а не QGIS, і щоб бібліотеки самого QGIS лишалися без змін. Це середовище створюється &lt;b&gt;один раз&lt;/b&gt;: тут або в &lt;i&gt;Налаштування &amp;gt; Параметри &amp;gt; Sentinel Match&lt;/i&gt;. Нічого не завантажується, доки ви цього не скажете.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;h3&gt;What to do&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Що робити&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;p&gt;&lt;b&gt;check&lt;/b&gt;: is the engine there and whole, which versions does it have, and which devices does it compute on, each tried: &lt;i&gt;CPU: 8 cores, works&lt;/i&gt;; &lt;i&gt;CUDA: NVIDIA GeForce RTX 4070, 12 GB, works&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;check&lt;/b&gt;: чи є рушій і чи він повний, які має версії та на яких пристроях обчислює; кожен випробовується: &lt;i&gt;CPU: 8 cores, works&lt;/i&gt;; &lt;i&gt;CUDA: NVIDIA GeForce RTX 4070, 12 GB, works&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;p&gt;&lt;b&gt;install&lt;/b&gt;: makes the environment in your user's cache folder (Windows: &lt;i&gt;%LOCALAPPDATA%\sentinel-match&lt;/i&gt;; macOS: &lt;i&gt;~/Library/Caches/sentinel-match&lt;/i&gt;; Linux: &lt;i&gt;~/.cache/sentinel-match&lt;/i&gt;), or brings it up to date after an update of the plugin. Where it is up to date, nothing is done.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;install&lt;/b&gt;: створює середовище в теці кешу користувача (Windows: &lt;i&gt;%LOCALAPPDATA%\sentinel-match&lt;/i&gt;; macOS: &lt;i&gt;~/Library/Caches/sentinel-match&lt;/i&gt;; Linux: &lt;i&gt;~/.cache/sentinel-match&lt;/i&gt;) або оновлює його після оновлення плагіна. Якщо воно актуальне, нічого не робиться.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;p&gt;&lt;b&gt;repair&lt;/b&gt;: makes it anew. Until the new one is whole and was seen to work the old one stays; a cancelled or failed installation leaves nothing behind.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;repair&lt;/b&gt;: створює його наново. Старе лишається, доки нове не буде повним і перевіреним; скасоване чи невдале встановлення не лишає нічого.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;h3&gt;What it needs&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Що потрібно&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;p&gt;A Python 3.11 to 3.14 (64 bit), which is looked for: python.org's and the &lt;i&gt;py&lt;/i&gt; launcher's, the registry's, Homebrew's, the distribution's, pyenv's, uv's, conda's, and last the one that QGIS brings along. Or name one as &lt;b&gt;Python&lt;/b&gt;. Fetched are about 320 MB on Windows, 280 MB on a Mac and 440 MB on Linux, and 3 GB with CUDA on Linux; on the disk it takes some four times that (CUDA: twice).&lt;/p&gt;</source>
      <translation>&lt;p&gt;Python від 3.11 до 3.14 (64 біти), який шукається: з python.org і запускач &lt;i&gt;py&lt;/i&gt;, з реєстру, Homebrew, дистрибутива, pyenv, uv, conda і наостанок той, що йде з QGIS. Або вкажіть свій як &lt;b&gt;Python&lt;/b&gt;. Завантажується близько 320 МБ у Windows, 280 МБ на Mac і 440 МБ у Linux, а з CUDA в Linux — 3 ГБ; на диску це займає приблизно вчетверо більше (CUDA: удвічі).&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;h3&gt;CPU or CUDA&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;CPU чи CUDA&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/environment.html"></location>
      <source>&lt;p&gt;All matchers run on the CPU, &lt;i&gt;structure&lt;/i&gt; fast. Networks (&lt;i&gt;loftr&lt;/i&gt;, &lt;i&gt;seasonal&lt;/i&gt;, ...) and training gain from an NVIDIA card. The CUDA build wants a driver of version 580 or newer and a card of 2018 (Turing) or newer. On Apple silicon there is one build, which uses the Apple GPU.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Усі методи працюють на CPU, &lt;i&gt;structure&lt;/i&gt; — швидко. Мережі (&lt;i&gt;loftr&lt;/i&gt;, &lt;i&gt;seasonal&lt;/i&gt;, ...) та навчання виграють від карти NVIDIA. Збірка CUDA потребує драйвера версії 580 чи новішого та карти 2018 року (Turing) чи новішої. На Apple silicon збірка одна, вона використовує GPU Apple.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;p&gt;Finds where each piece of the &lt;i&gt;reference&lt;/i&gt; lies in the &lt;i&gt;target&lt;/i&gt;. The two may come from any dates, seasons or sensors, and differ in pixel size and CRS: snow against summer is what it was made for.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Знаходить, де в &lt;i&gt;цілі&lt;/i&gt; лежить кожен фрагмент &lt;i&gt;еталона&lt;/i&gt;. Вони можуть бути за будь-які дати й сезони, з будь-яких сенсорів, з різним розміром пікселя й різними системами координат: сніг проти літа — саме для цього його створено.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;p&gt;The result are &lt;b&gt;tie points&lt;/b&gt;, a transformation fitted to them, and an error that is &lt;b&gt;cross-validated&lt;/b&gt;: it is measured on points that were held out, not on those that were fitted.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Результат — &lt;b&gt;зв'язкові точки&lt;/b&gt;, підібране за ними перетворення та похибка за &lt;b&gt;перехресною перевіркою&lt;/b&gt;: її виміряно на відкладених точках, а не на тих, за якими підбирали.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;p&gt;&lt;b&gt;STATUS&lt;/b&gt; says: &lt;i&gt;ok&lt;/i&gt;; &lt;i&gt;low_confidence&lt;/i&gt;, when the points are few, clustered, or two answers compete; &lt;i&gt;no_match&lt;/i&gt;, when nothing can be trusted. &lt;b&gt;CE90&lt;/b&gt; is the distance in metres below which nine of ten errors lie. &lt;b&gt;MESSAGES&lt;/b&gt; tells what was chosen and why.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;STATUS&lt;/b&gt;: &lt;i&gt;ok&lt;/i&gt;; &lt;i&gt;low_confidence&lt;/i&gt;, коли точок мало, вони скупчені або суперечать одна одній дві відповіді; &lt;i&gt;no_match&lt;/i&gt;, коли нічому не можна довіряти. &lt;b&gt;CE90&lt;/b&gt; — відстань у метрах, меншими за яку є дев'ять із десяти похибок. &lt;b&gt;MESSAGES&lt;/b&gt; пояснює, що вибрано й чому.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;h3&gt;Matchers&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Методи зіставлення&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;p&gt;&lt;b&gt;auto&lt;/b&gt; takes &lt;i&gt;structure&lt;/i&gt; where both rasters are georeferenced: start there. Where one of them has no CRS, or nothing matches within the &lt;i&gt;largest displacement looked for&lt;/i&gt; of where the georeferencing says, &lt;b&gt;auto&lt;/b&gt; looks for the whole target at every rotation, at scales from a half to twice, and at every shift; windows all over the image must then confirm what was found. &lt;i&gt;Guided&lt;/i&gt; matchers look around the place that the georeferencing says, &lt;i&gt;free&lt;/i&gt; ones need none. What a free matcher finds is confirmed and refined by &lt;i&gt;structure&lt;/i&gt; in the same way with the option &lt;b&gt;refine=yes&lt;/b&gt;. Networks need &lt;b&gt;weights&lt;/b&gt;, which &lt;i&gt;Weights of matchers&lt;/i&gt; fetches when you ask it to; nothing is downloaded by itself. &lt;b&gt;Options&lt;/b&gt; (in brackets: what they may be; the default) go into &lt;i&gt;Options of the matcher&lt;/i&gt;, as &lt;i&gt;weights=indoor threshold=0.4&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;auto&lt;/b&gt; бере &lt;i&gt;structure&lt;/i&gt;, якщо обидва растри мають геоприв'язку: починайте з нього. Якщо один із них не має системи координат або в межах &lt;i&gt;найбільшого зсуву, який шукати&lt;/i&gt;, нічого не збігається там, де вказує геоприв'язка, &lt;b&gt;auto&lt;/b&gt; шукає всю ціль за будь-якого повороту, масштабу від половини до подвійного та зсуву; вікна по всьому зображенню мають потім підтвердити знайдене. &lt;i&gt;Керовані&lt;/i&gt; методи шукають навколо місця, яке вказує геоприв'язка, &lt;i&gt;вільні&lt;/i&gt; її не потребують. Знайдене вільним методом так само підтверджує й уточнює &lt;i&gt;structure&lt;/i&gt;, якщо задано параметр &lt;b&gt;refine=yes&lt;/b&gt;. Мережам потрібні &lt;b&gt;ваги&lt;/b&gt;, які завантажують &lt;i&gt;Ваги методів зіставлення&lt;/i&gt;, коли ви цього попросите; само нічого не завантажується. &lt;b&gt;Параметри&lt;/b&gt; (у дужках: допустимі значення; стандартне) пишуться в &lt;i&gt;Параметри методу зіставлення&lt;/i&gt;, як-от &lt;i&gt;weights=indoor threshold=0.4&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;h3&gt;Next&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Далі&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/matchrasters.html"></location>
      <source>&lt;p&gt;Filter or mend the points, then use &lt;i&gt;Warp raster by tie points&lt;/i&gt;. &lt;i&gt;Co-register raster&lt;/i&gt; does both in one step.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Відфільтруйте чи виправте точки, потім скористайтеся &lt;i&gt;Трансформувати растр за зв'язковими точками&lt;/i&gt;. &lt;i&gt;Корегістрація растра&lt;/i&gt; робить і те, і те за один крок.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;Most matchers are &lt;i&gt;networks&lt;/i&gt;, and a network is of no use without its &lt;b&gt;weights&lt;/b&gt;: a file of a few to some hundred megabytes that its authors publish. Nothing is ever downloaded by itself; this is the place where you say that it should be. Matchers that need no weights: &lt;i&gt;structure&lt;/i&gt; (the default), &lt;i&gt;phase&lt;/i&gt;, &lt;i&gt;sift&lt;/i&gt;, &lt;i&gt;akaze&lt;/i&gt;, &lt;i&gt;orb&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Більшість методів зіставлення — &lt;i&gt;мережі&lt;/i&gt;, а від мережі немає користі без її &lt;b&gt;ваг&lt;/b&gt;: файлу від кількох до кількох сотень мегабайтів, який публікують автори. Само ніколи нічого не завантажується; саме тут ви кажете, що це слід зробити. Ваг не потребують: &lt;i&gt;structure&lt;/i&gt; (стандартний), &lt;i&gt;phase&lt;/i&gt;, &lt;i&gt;sift&lt;/i&gt;, &lt;i&gt;akaze&lt;/i&gt;, &lt;i&gt;orb&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;&lt;b&gt;list&lt;/b&gt;: a table of all models: &lt;i&gt;name&lt;/i&gt;, &lt;i&gt;title&lt;/i&gt;, the &lt;i&gt;matchers&lt;/i&gt; that use it, &lt;i&gt;licence&lt;/i&gt;, &lt;i&gt;size_mb&lt;/i&gt;, &lt;i&gt;state&lt;/i&gt; (ready, shipped with the plugin, partial, damaged, missing), &lt;i&gt;path&lt;/i&gt;, whether it is &lt;i&gt;non_commercial&lt;/i&gt;, &lt;i&gt;source&lt;/i&gt;, &lt;i&gt;url&lt;/i&gt; and a &lt;i&gt;note&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;list&lt;/b&gt;: таблиця всіх моделей: &lt;i&gt;name&lt;/i&gt;, &lt;i&gt;title&lt;/i&gt;, методи &lt;i&gt;matchers&lt;/i&gt;, що її використовують, &lt;i&gt;licence&lt;/i&gt;, &lt;i&gt;size_mb&lt;/i&gt;, &lt;i&gt;state&lt;/i&gt; (ready — готова, shipped — йде з плагіном, partial — неповна, damaged — пошкоджена, missing — немає), &lt;i&gt;path&lt;/i&gt;, чи вона &lt;i&gt;non_commercial&lt;/i&gt;, &lt;i&gt;source&lt;/i&gt;, &lt;i&gt;url&lt;/i&gt; і &lt;i&gt;note&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;&lt;b&gt;download&lt;/b&gt;: fetches one model from its authors' own addresses, one after the other until one answers, through the proxy of QGIS's settings (Settings &amp;gt; Options &amp;gt; Network) or of the system. A download that was cut or cancelled goes on where it stopped. The SHA-256 is compared with the published one, where there is one.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;download&lt;/b&gt;: отримує одну модель з адрес її авторів, по черзі, доки якась не відповість, через проксі з налаштувань QGIS (Налаштування &amp;gt; Параметри &amp;gt; Мережа) або системний. Обірване чи скасоване завантаження продовжується з того самого місця. SHA-256 порівнюється з опублікованою, якщо така є.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;&lt;b&gt;import&lt;/b&gt;: takes a file that you have, under the names that its authors give its tensors: LoFTR, LightGlue, ALIKED, DISK, XFeat, DeDoDe, SuperPoint and SuperGlue (Magic Leap's or that of transformers), EfficientLoFTR, also weights that you trained further with the same network. What &lt;i&gt;Train matcher&lt;/i&gt; wrote needs no name: it becomes a model of its own (as &lt;i&gt;loftr_tuned&lt;/i&gt;) beside the published one, and the matcher takes it with the option &lt;i&gt;weights=tuned&lt;/i&gt;. This is the way for a computer without a connection.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;import&lt;/b&gt;: бере файл, який у вас є, з назвами тензорів, які дають їм автори: LoFTR, LightGlue, ALIKED, DISK, XFeat, DeDoDe, SuperPoint і SuperGlue (від Magic Leap або з transformers), EfficientLoFTR, а також ваги, донавчені вами на тій самій мережі. Записане алгоритмом &lt;i&gt;Навчити метод зіставлення&lt;/i&gt; назви не потребує: воно стає окремою моделлю (як-от &lt;i&gt;loftr_tuned&lt;/i&gt;) поруч з опублікованою, і метод бере її з параметром &lt;i&gt;weights=tuned&lt;/i&gt;. Це спосіб для комп'ютера без з'єднання.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;&lt;b&gt;remove&lt;/b&gt;: deletes one model from the folder of weights. What ships with the plugin stays.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;remove&lt;/b&gt;: видаляє одну модель із теки ваг. Те, що йде з плагіном, лишається.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;h3&gt;Safe&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Безпека&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;A file of weights can carry a program. None is run: files are read as plain numbers (&lt;i&gt;.safetensors&lt;/i&gt;, or PyTorch with &lt;i&gt;weights_only&lt;/i&gt;), compared with the network tensor by tensor, and stored as &lt;i&gt;.safetensors&lt;/i&gt;. A file that holds anything else, does not fit, is damaged or far too large is refused, and what was there before stays.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Файл ваг може містити програму. Жодна не виконується: файли читаються як самі лише числа (&lt;i&gt;.safetensors&lt;/i&gt; або PyTorch з &lt;i&gt;weights_only&lt;/i&gt;), порівнюються з мережею тензор за тензором і зберігаються як &lt;i&gt;.safetensors&lt;/i&gt;. Файл, що містить щось інше, не підходить, пошкоджений чи надто великий, відхиляється, а те, що було раніше, лишається.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;h3&gt;Not for commercial use&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Не для комерційного вжитку&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/models.html"></location>
      <source>&lt;p&gt;SuperPoint and SuperGlue: Magic Leap publishes them for academic and non-profit research only. They are neither downloaded nor imported without the tick &lt;b&gt;ACCEPT_LICENCE&lt;/b&gt;. They, LightGlue for SuperPoint and EfficientLoFTR also need the library &lt;i&gt;transformers&lt;/i&gt; in the engine's environment; the message says how to install it.&lt;/p&gt;</source>
      <translation>&lt;p&gt;SuperPoint і SuperGlue: Magic Leap публікує їх лише для академічних і неприбуткових досліджень. Без позначки &lt;b&gt;ACCEPT_LICENCE&lt;/b&gt; їх не завантажують і не імпортують. Вони, LightGlue для SuperPoint та EfficientLoFTR потребують ще й бібліотеки &lt;i&gt;transformers&lt;/i&gt; у середовищі рушія; у повідомленні сказано, як її встановити.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;p&gt;Makes one GeoTIFF of the bands of a Sentinel-2 product, on one pixel grid and ready to be matched, compared or trained on. Level-1C and Level-2A of every processing baseline; nothing is unpacked, and only what is asked for is read.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Робить із каналів продукту Sentinel-2 один GeoTIFF на одній піксельній сітці, готовий до зіставлення, порівняння чи навчання. Level-1C і Level-2A будь-якої базової версії обробки; нічого не розпаковується, читається лише потрібне.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;h3&gt;The product&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Продукт&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;p&gt;The &lt;b&gt;.SAFE folder&lt;/b&gt; (the ending may be missing), its &lt;b&gt;zip&lt;/b&gt;, or its &lt;b&gt;MTD_MSIL1C.xml&lt;/b&gt; or &lt;b&gt;MTD_MSIL2A.xml&lt;/b&gt;. If images are missing, the message says which, and what the product does have. Products from before December 2016 hold several tiles: give the metadata file in the folder of one of them, in GRANULE.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;Тека .SAFE&lt;/b&gt; (закінчення може бракувати), її &lt;b&gt;zip&lt;/b&gt; або її &lt;b&gt;MTD_MSIL1C.xml&lt;/b&gt; чи &lt;b&gt;MTD_MSIL2A.xml&lt;/b&gt;. Якщо бракує зображень, у повідомленні сказано, яких, і що в продукті є. Продукти, старші за грудень 2016 року, містять кілька тайлів: укажіть файл метаданих у теці одного з них, у GRANULE.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;p&gt;The same product can also be given straight to &lt;i&gt;Match rasters&lt;/i&gt;, &lt;i&gt;Co-register raster&lt;/i&gt; and &lt;i&gt;Warp raster&lt;/i&gt;: they take its finest bands.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Той самий продукт можна дати й безпосередньо &lt;i&gt;Зіставити растри&lt;/i&gt;, &lt;i&gt;Корегістрація растра&lt;/i&gt; та &lt;i&gt;Трансформувати растр за зв'язковими точками&lt;/i&gt;: вони беруть його найдетальніші канали.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;h3&gt;Bands and pixel size&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Канали й розмір пікселя&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;p&gt;Bands by name, &lt;i&gt;B01&lt;/i&gt; to &lt;i&gt;B12&lt;/i&gt;, &lt;i&gt;B8A&lt;/i&gt;, &lt;i&gt;TCI&lt;/i&gt;, &lt;i&gt;SCL&lt;/i&gt;, &lt;i&gt;AOT&lt;/i&gt;, &lt;i&gt;WVP&lt;/i&gt;, or &lt;i&gt;RGB&lt;/i&gt;, &lt;i&gt;RGBN&lt;/i&gt;, &lt;i&gt;CIR&lt;/i&gt;, &lt;i&gt;SWIR&lt;/i&gt;, &lt;i&gt;10m&lt;/i&gt;, &lt;i&gt;20m&lt;/i&gt;, &lt;i&gt;60m&lt;/i&gt;, &lt;i&gt;all&lt;/i&gt;. With a pixel size, each band comes from its image of that size, else from the next finer one (averaged), else from a coarser one (interpolated); the log says which.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Канали за назвами: від &lt;i&gt;B01&lt;/i&gt; до &lt;i&gt;B12&lt;/i&gt;, &lt;i&gt;B8A&lt;/i&gt;, &lt;i&gt;TCI&lt;/i&gt;, &lt;i&gt;SCL&lt;/i&gt;, &lt;i&gt;AOT&lt;/i&gt;, &lt;i&gt;WVP&lt;/i&gt; або &lt;i&gt;RGB&lt;/i&gt;, &lt;i&gt;RGBN&lt;/i&gt;, &lt;i&gt;CIR&lt;/i&gt;, &lt;i&gt;SWIR&lt;/i&gt;, &lt;i&gt;10m&lt;/i&gt;, &lt;i&gt;20m&lt;/i&gt;, &lt;i&gt;60m&lt;/i&gt;, &lt;i&gt;all&lt;/i&gt;. Якщо задано розмір пікселя, кожен канал береться з його зображення цього розміру, інакше з найближчого детальнішого (усереднено), інакше з грубішого (інтерпольовано); у журналі вказано, з якого.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;h3&gt;Pixel values&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Значення пікселів&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/preparesentinel2.html"></location>
      <source>&lt;p&gt;&lt;i&gt;none&lt;/i&gt;: reflectance times 10000. From baseline 04.00 on the numbers in the files are 1000 higher; that offset is taken off, as the metadata say, so that dates before and after compare. Such results are int16 with nodata -32768, because dark pixels may lie below zero; earlier ones uint16 with nodata 0. &lt;i&gt;reflectance&lt;/i&gt;: 0 to 1, float32. &lt;i&gt;threshold&lt;/i&gt;: 0 to 3000 (summer) or 8000 (snow), say, as 1 to 255. &lt;i&gt;percentile&lt;/i&gt;: the 2nd to the 98th percentile of each band, of what is not masked, as 1 to 255.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;i&gt;none&lt;/i&gt;: відбивна здатність, помножена на 10000. Від базової версії 04.00 числа у файлах на 1000 більші; це зміщення віднімається за метаданими, щоб дати до і після можна було порівнювати. Такі результати — int16 з nodata -32768, бо темні пікселі можуть бути меншими за нуль; раніші — uint16 з nodata 0. &lt;i&gt;reflectance&lt;/i&gt;: від 0 до 1, float32. &lt;i&gt;threshold&lt;/i&gt;: скажімо, від 0 до 3000 (літо) або 8000 (сніг) як від 1 до 255. &lt;i&gt;percentile&lt;/i&gt;: від 2-го до 98-го перцентиля кожного каналу, з того, що не замасковано, як від 1 до 255.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;p&gt;&lt;b&gt;Trains a matcher&lt;/b&gt; on a folder that &lt;i&gt;Build training set&lt;/i&gt; wrote: your own area, its seasons, its sensors. It takes pairs of dates of one place, warps one by a transformation that it knows (any rotation, scale, shift, tilt, bends), changes brightness and contrast, hides parts under made clouds, and teaches the network to find what is where. Before and after, it matches pairs of places that training never saw, and says what came of it.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;Навчає метод зіставлення&lt;/b&gt; на теці, яку записав &lt;i&gt;Створити навчальний набір&lt;/i&gt;: ваша територія, її сезони, її сенсори. Береться пара дат одного місця, одна з них трансформується відомим перетворенням (будь-який поворот, масштаб, зсув, нахил, вигини), змінюються яскравість і контраст, частини ховаються під штучними хмарами, і мережа вчиться знаходити, що де лежить. До і після зіставляються пари місць, яких навчання ніколи не бачило, і повідомляється, що з цього вийшло.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;h3&gt;Start from&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Почати з&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;tr&gt;&lt;td&gt;&lt;b&gt;seasonal&lt;/b&gt;&lt;/td&gt;&lt;td&gt;this plugin's own network, untrained: describes edges by hand-made filters, and learns the rest&lt;/td&gt;&lt;/tr&gt;</source>
      <translation>&lt;tr&gt;&lt;td&gt;&lt;b&gt;seasonal&lt;/b&gt;&lt;/td&gt;&lt;td&gt;власна мережа плагіна, ненавчена: описує контури заданими вручну фільтрами, а решти вчиться&lt;/td&gt;&lt;/tr&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;tr&gt;&lt;td&gt;&lt;b&gt;seasonal-shipped&lt;/b&gt;&lt;/td&gt;&lt;td&gt;the same with the weights that come with the plugin: less data and time are needed&lt;/td&gt;&lt;/tr&gt;</source>
      <translation>&lt;tr&gt;&lt;td&gt;&lt;b&gt;seasonal-shipped&lt;/b&gt;&lt;/td&gt;&lt;td&gt;те саме з вагами, що йдуть із плагіном: треба менше даних і часу&lt;/td&gt;&lt;/tr&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;tr&gt;&lt;td&gt;&lt;b&gt;superpoint-superglue&lt;/b&gt;, &lt;b&gt;...-lightglue&lt;/b&gt;, &lt;b&gt;xfeat-lighterglue&lt;/b&gt;&lt;/td&gt;&lt;td&gt;the published matcher learns, its keypoints stay as they are; weights from the model store&lt;/td&gt;&lt;/tr&gt;</source>
      <translation>&lt;tr&gt;&lt;td&gt;&lt;b&gt;superpoint-superglue&lt;/b&gt;, &lt;b&gt;...-lightglue&lt;/b&gt;, &lt;b&gt;xfeat-lighterglue&lt;/b&gt;&lt;/td&gt;&lt;td&gt;навчається опублікований метод, його ключові точки лишаються без змін; ваги — зі сховища моделей&lt;/td&gt;&lt;/tr&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;tr&gt;&lt;td&gt;&lt;b&gt;loftr&lt;/b&gt;&lt;/td&gt;&lt;td&gt;LoFTR with its outdoor weights, all of it&lt;/td&gt;&lt;/tr&gt;</source>
      <translation>&lt;tr&gt;&lt;td&gt;&lt;b&gt;loftr&lt;/b&gt;&lt;/td&gt;&lt;td&gt;LoFTR з вагами outdoor, уся мережа&lt;/td&gt;&lt;/tr&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;p&gt;&lt;b&gt;Start from a file of weights instead&lt;/b&gt;: one that training wrote before. SuperPoint and SuperGlue are not for commercial use, and neither is what is trained from them.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;Натомість почати з файлу ваг&lt;/b&gt;: записаного попереднім навчанням. SuperPoint і SuperGlue не призначені для комерційного вжитку, як і навчене на їх основі.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;h3&gt;How long&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Як довго&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;p&gt;An &lt;b&gt;epoch&lt;/b&gt; is as many pairs as there are pictures to learn from. A &lt;b&gt;time limit&lt;/b&gt; ends the run earlier, and the learning rate is fitted to it, so that a short run is a whole one. On a graphics card go for 20,000 steps and more; on a processor an hour or two of &lt;i&gt;seasonal&lt;/i&gt; is of use, of the others a day is little. Where memory is not enough for a batch, it is halved, and the gradients of more of them are added up.&lt;/p&gt;</source>
      <translation>&lt;p&gt;&lt;b&gt;Епоха&lt;/b&gt; — стільки пар, скільки є зображень для навчання. &lt;b&gt;Обмеження часу&lt;/b&gt; завершує запуск раніше, і швидкість навчання підлаштовується під нього, тож короткий запуск теж повноцінний. На відеокарті плануйте 20 000 кроків і більше; на процесорі година-дві для &lt;i&gt;seasonal&lt;/i&gt; вже корисні, для інших і доби мало. Якщо пам'яті для пакета не вистачає, його ділять навпіл, а градієнти більшої кількості пакетів додаються.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;h3&gt;Stopped and continued&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Зупинити й продовжити&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;p&gt;At least twice a minute everything is kept in the &lt;b&gt;run folder&lt;/b&gt; (left empty: WEIGHTS.training, beside the weights). A run that was cancelled or killed goes on from there if it is started again with the same parameters, and says so; epochs, time limit, batch and learning rate may change, which the log says too. With another training set, seed or start it is refused: name another folder. The run folder is removed when the weights are written, unless you named it.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Принаймні двічі на хвилину все зберігається в &lt;b&gt;теці запуску&lt;/b&gt; (порожньо: WEIGHTS.training, поруч із вагами). Скасований чи перерваний запуск продовжується звідти, якщо його запустити знову з тими самими параметрами, і повідомляє про це; епохи, обмеження часу, пакет і швидкість навчання можна змінити, журнал про це теж повідомляє. З іншим навчальним набором, початковим числом чи початковими вагами він відхиляється: укажіть іншу теку. Тека запуску вилучається, коли ваги записано, якщо ви не задали її самі.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;h3&gt;Is it better?&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Чи стало краще?&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/trainmatcher.html"></location>
      <source>&lt;p&gt;Every few minutes some held-out pairs, of two real dates and a known transformation, are matched; the weights that did best are those that are written. In the end &lt;i&gt;Held-out pairs before and after&lt;/i&gt; are matched by what training began with and by what it made: shares of matches within 1 and 3 pixels of the truth, with 95 % intervals over the pairs. &lt;b&gt;Better&lt;/b&gt; is 1 only where that can be said with 95 % confidence; if it is 0, do not use the weights: train longer, or on more places. The pairs are of places of the split &lt;i&gt;test&lt;/i&gt;, else of &lt;i&gt;validation&lt;/i&gt;.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Кожні кілька хвилин зіставляються кілька відкладених пар із двох справжніх дат і відомим перетворенням; записуються ваги, що показали себе найкраще. Наприкінці &lt;i&gt;Відкладені пари до і після навчання&lt;/i&gt; зіставляються тим, з чого навчання почалося, і тим, що з нього вийшло: частки збігів у межах 1 і 3 пікселів від істини, з 95 % інтервалами за парами. &lt;b&gt;Краще&lt;/b&gt; дорівнює 1 лише тоді, коли це можна стверджувати з певністю 95 %; якщо 0 — не використовуйте цих ваг: навчайте довше або на більшій кількості місць. Пари взято з місць частини &lt;i&gt;test&lt;/i&gt;, інакше &lt;i&gt;validation&lt;/i&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/warpraster.html"></location>
      <source>&lt;p&gt;Fits a transformation to &lt;i&gt;tie points&lt;/i&gt; and warps a raster with it, block by block, in bounded memory.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Підбирає перетворення за &lt;i&gt;зв'язковими точками&lt;/i&gt; і трансформує ним растр, блок за блоком, з обмеженою пам'яттю.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/warpraster.html"></location>
      <source>&lt;p&gt;The tie points come from &lt;i&gt;Match rasters&lt;/i&gt;, as they are, filtered (for example by &lt;i&gt;score&lt;/i&gt;), or edited: a point's &lt;b&gt;position&lt;/b&gt; is where the content belongs, its fields &lt;b&gt;tgt_x, tgt_y&lt;/b&gt; are where the raster shows it, in the raster's CRS (column and row if it has none). Points whose field &lt;b&gt;inlier&lt;/b&gt; is false are left out; points added by hand, with nothing in that field, are used.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Зв'язкові точки походять від &lt;i&gt;Зіставити растри&lt;/i&gt;: без змін, відфільтровані (наприклад, за &lt;i&gt;score&lt;/i&gt;) чи відредаговані: &lt;b&gt;положення&lt;/b&gt; точки — там, де має бути вміст, а поля &lt;b&gt;tgt_x, tgt_y&lt;/b&gt; — там, де його показує растр, у системі координат растра (стовпець і рядок, якщо її немає). Точки, у яких поле &lt;b&gt;inlier&lt;/b&gt; має значення false, пропускаються; точки, додані вручну, з порожнім цим полем, використовуються.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/warpraster.html"></location>
      <source>&lt;p&gt;Other rasters of the same scene, as further bands, can be warped with the same points.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Інші растри тієї самої сцени, як-от додаткові канали, можна трансформувати за тими самими точками.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/warpraster.html"></location>
      <source>&lt;h3&gt;The grid of the result&lt;/h3&gt;</source>
      <translation>&lt;h3&gt;Сітка результату&lt;/h3&gt;</translation>
    </message>
    <message>
      <location filename="../processing/help/warpraster.html"></location>
      <source>&lt;p&gt;With a raster whose grid is to be taken, pixel lies on pixel with it. Without, the result has the grid of the raster itself.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Якщо задано растр, сітку якого слід узяти, піксель лежить на його пікселі. Якщо ні, результат має сітку самого растра.&lt;/p&gt;</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}: the layer's CRS {layer} is used, not its file's {file}.</source>
      <translation>{name}: використано систему координат шару, {layer}, а не його файлу, {file}.</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>(none)</source>
      <translation>(немає)</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}, band {band}: the additional nodata values set in the layer properties are not used: only one value can be. Write them into the file first (gdal:translate).</source>
      <translation>{name}, канал {band}: додаткові значення nodata з властивостей шару не використано: можливе лише одне. Спершу запишіть їх у файл (gdal:translate).</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}: {path} cannot be opened.</source>
      <translation>{name}: не вдається відкрити {path}.</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name} has no file, and {columns} x {rows} pixels of it would have to be fetched; at most {limit} million are: set a smaller EXTENT, or save the part you need as GeoTIFF and use that.</source>
      <translation>{name} не має файлу, і довелося б отримати {columns} x {rows} пікселів; найбільше — {limit} млн: задайте менше охоплення (EXTENT) або збережіть потрібну частину як GeoTIFF і використайте її.</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name} has no file: {columns} x {rows} pixels of it are written to a temporary one.</source>
      <translation>{name} не має файлу: {columns} x {rows} пікселів записуються в тимчасовий.</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}: the layer cannot be read.</source>
      <translation>{name}: шар не вдається прочитати.</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}: the layer could not be written to a temporary file (error {error}; {details}).</source>
      <translation>{name}: не вдалося записати шар у тимчасовий файл (помилка {error}; {details}).</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}: parts could not be read: {details}</source>
      <translation>{name}: частину не вдалося прочитати: {details}</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name} covers the world and has no pixels of its own: set EXTENT.</source>
      <translation>{name} охоплює весь світ і не має власних пікселів: задайте EXTENT.</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name}: the area cannot be expressed in the layer's CRS: {error}</source>
      <translation>{name}: область не вдається виразити в системі координат шару: {error}</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>{name} does not cover the area that is needed: it covers {extent} ({crs}).</source>
      <translation>{name} не охоплює потрібної області, а лише {extent} ({crs}).</translation>
    </message>
    <message>
      <location filename="../processing/layers.py"></location>
      <source>Neither raster has pixels of its own: save {name} over the part you need as GeoTIFF, and use that.</source>
      <translation>Жоден растр не має власних пікселів: збережіть {name} для потрібної частини як GeoTIFF і використайте його.</translation>
    </message>
    <message>
      <location filename="../processing/match_rasters.py"></location>
      <source>Tie points are looked for in this part of the reference only. Any CRS.</source>
      <translation>Зв'язкові точки шукають лише в цій частині еталона. Будь-яка система координат.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>The raster that counts as right; it stays put.</source>
      <translation>Растр, який вважається правильним; лишається на місці.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>The raster whose displacement is measured: any date, season, sensor, pixel size and CRS.</source>
      <translation>Растр, зсув якого вимірюється: будь-яка дата, сезон, сенсор, розмір пікселя й система координат.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Points in the reference, with where the target shows them, the score, and the distance to the model.</source>
      <translation>Точки в еталоні з місцем, де їх показує ціль, оцінкою та відстанню до моделі.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Shift vectors</source>
      <translation>Вектори зсуву</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Lines from the place in the reference to where the target shows it, in the CRS of the reference.</source>
      <translation>Лінії від місця в еталоні до місця, де його показує ціль, у системі координат еталона.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Ground control points for the Georeferencer</source>
      <translation>Опорні точки для модуля «Прив'язка растрів»</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Georeferencer points (*.points)</source>
      <translation>Точки модуля «Прив'язка растрів» (*.points)</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Open the target in the Georeferencer (menu Layer; in QGIS 3.22 menu Raster) and load this file, to work on the points by hand.</source>
      <translation>Відкрийте ціль у модулі «Прив'язка растрів» (меню Шар, у QGIS 3.22 — меню Растр) і завантажте цей файл, щоб працювати з точками вручну.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>What was done and chosen, how good the result is, and pictures of it, in one file.</source>
      <translation>Що зроблено й вибрано, наскільки добрий результат, і рисунки — в одному файлі.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Match figure</source>
      <translation>Рисунок збігів</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>A picture of both rasters side by side, with lines between the tie points.</source>
      <translation>Зображення обох растрів поруч із лініями між зв'язковими точками.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Number of tie points</source>
      <translation>Кількість зв'язкових точок</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Number of tie points that agree with the transformation</source>
      <translation>Кількість зв'язкових точок, узгоджених із перетворенням</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>RMSE, cross-validated (metres)</source>
      <translation>RMSE, перехресна перевірка (метри)</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>CE90, cross-validated (metres)</source>
      <translation>CE90, перехресна перевірка (метри)</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Median displacement of the target in x (units of the reference's CRS)</source>
      <translation>Медіана зсуву цілі за x (одиниці системи координат еталона)</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Median displacement of the target in y (units of the reference's CRS)</source>
      <translation>Медіана зсуву цілі за y (одиниці системи координат еталона)</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Status: ok, low_confidence or no_match</source>
      <translation>Статус: ok, low_confidence або no_match</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Tie points: where pieces of {reference} are found in {target}.</source>
      <translation>Зв'язкові точки: де фрагменти {reference} знайдено в {target}.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Shift vectors: from each place in {reference} to where {target} shows it.</source>
      <translation>Вектори зсуву: від кожного місця в {reference} до місця, де його показує {target}.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>There are no shift vectors: the rasters have no common CRS to measure a shift in.</source>
      <translation>Векторів зсуву немає: растри не мають спільної системи координат, у якій можна виміряти зсув.</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>; cross-validated RMSE {rmse:.2f} m ({px:.2f} pixels), CE90 {ce90:.2f} m</source>
      <translation>; RMSE за перехресною перевіркою {rmse:.2f} м ({px:.2f} пікселя), CE90 {ce90:.2f} м</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Status ok: {figures}</source>
      <translation>Статус ok: {figures}</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>LOW CONFIDENCE, look before you use it: {figures}</source>
      <translation>МАЛА ПЕВНІСТЬ, перегляньте перед використанням: {figures}</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>NO MATCH: {figures}</source>
      <translation>ЗБІГУ НЕМАЄ: {figures}</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>{inliers} of {count} tie points agree</source>
      <translation>Узгоджуються {inliers} із {count} зв'язкових точок</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>, CE90 {ce90:.2f} m ({px:.2f} px)</source>
      <translation>, CE90 {ce90:.2f} м ({px:.2f} пікс.)</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Report of the match</source>
      <translation>Звіт про зіставлення</translation>
    </message>
    <message>
      <location filename="../processing/matching.py"></location>
      <source>Result: {parts}.</source>
      <translation>Результат: {parts}.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>list: which models there are, and which are on this computer. download: fetch one from where its authors publish it. import: take one from FILE. remove: delete one from the folder of weights.</source>
      <translation>list: які моделі є і які з них на цьому комп'ютері. download: отримати модель звідти, де її публікують автори. import: взяти з FILE. remove: видалити з теки ваг.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Model</source>
      <translation>Модель</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>The model to download, import or remove. all is for list, and for a FILE whose name tells.</source>
      <translation>Модель, яку завантажити, імпортувати чи вилучити. all — для list і для файлу (FILE), з назви якого модель зрозуміла.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>File to import</source>
      <translation>Файл для імпорту</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Weights (*.safetensors *.pth *.pt *.ckpt *.bin *.tar);;All files (*)</source>
      <translation>Ваги (*.safetensors *.pth *.pt *.ckpt *.bin *.tar);;Усі файли (*)</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Weights as their authors publish them, or trained further. The file is read without running anything in it, compared with the network, and copied as .safetensors.</source>
      <translation>Ваги, як їх публікують автори, або донавчені. Файл читається без виконання чого-небудь у ньому, порівнюється з мережею і копіюється як .safetensors.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>I may use weights that are not for commercial use</source>
      <translation>Я можу використовувати ваги, не призначені для комерційного вжитку</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>SuperPoint and SuperGlue were published by Magic Leap for academic and non-profit research only. Without this tick such weights are neither downloaded nor imported.</source>
      <translation>SuperPoint і SuperGlue опубліковано Magic Leap лише для академічних і неприбуткових досліджень. Без цієї позначки такі ваги не завантажуються й не імпортуються.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Folder of weights</source>
      <translation>Тека ваг</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Left empty: the folder in which the matchers look, which is the one of the plugin's settings, else the one that SENTINEL_MATCH_MODELS names, else one in your user's data.</source>
      <translation>Порожньо: тека, у яку дивляться методи зіставлення, тобто з налаштувань плагіна, інакше названа в SENTINEL_MATCH_MODELS, інакше тека у ваших даних користувача.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Models</source>
      <translation>Моделі</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>One row a model: licence, size, whether it is on this computer and where, who publishes it.</source>
      <translation>Рядок на модель: ліцензія, розмір, чи є вона на цьому комп'ютері й де, хто її публікує.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>Number of models of the table that are ready to use</source>
      <translation>Кількість моделей таблиці, готових до вжитку</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>MODEL: which model? {action} needs the name of one.</source>
      <translation>MODEL: яка модель? {action} потребує назви моделі.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>FILE: which file? import needs the path of a file of weights.</source>
      <translation>FILE: який файл? import потребує шляху до файлу ваг.</translation>
    </message>
    <message>
      <location filename="../processing/models.py"></location>
      <source>FILE: a file is for import; {action} takes none.</source>
      <translation>FILE: файл потрібен для import; {action} його не приймає.</translation>
    </message>
    <message>
      <location filename="../processing/pair_facts.py"></location>
      <source>The reference and the target are the same raster: choose another one.</source>
      <translation>Еталон і ціль — той самий растр: виберіть інший.</translation>
    </message>
    <message>
      <location filename="../processing/pair_facts.py"></location>
      <source>No CRS: {names}. Any place, rotation and scale will be tried (matcher auto or seasonal).</source>
      <translation>Без системи координат: {names}. Буде випробувано будь-яке місце, поворот і масштаб (метод auto або seasonal).</translation>
    </message>
    <message>
      <location filename="../processing/pair_facts.py"></location>
      <source>Whether they overlap is not known.</source>
      <translation>Чи перекриваються вони, невідомо.</translation>
    </message>
    <message>
      <location filename="../processing/pair_facts.py"></location>
      <source>Both show {width} x {height} km, {share:.0%} of the reference</source>
      <translation>Обидва показують {width} x {height} км, {share:.0%} еталона</translation>
    </message>
    <message>
      <location filename="../processing/pair_facts.py"></location>
      <source>; compared at {pixel} m (reference {one} m, target {other} m); {shift} m are {count} pixels.</source>
      <translation>; порівнюються при {pixel} м (еталон {one} м, ціль {other} м); {shift} м — це {count} пікселів.</translation>
    </message>
    <message>
      <location filename="../processing/pair_facts.py"></location>
      <source>{target} and {reference} do not overlap, by their georeferencing. If one of them is georeferenced wrongly, use a copy of it without a CRS.</source>
      <translation>{target} і {reference} не перекриваються за їхньою геоприв'язкою. Якщо один із них прив'язано неправильно, використайте його копію без системи координат.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>The band to look at. Left empty, the pair of bands that fits best is chosen by their names and wavelengths: red, then near infrared, then gray; structure also compares the others of red, near infrared, green and blue that both have. The log says which.</source>
      <translation>Канал, на який дивитися. Порожньо: найпридатніша пара каналів вибирається за назвами й довжинами хвиль: червоний, потім ближній інфрачервоний, потім сірий; structure порівнює й інші з червоного, ближнього інфрачервоного, зеленого та синього, які мають обидва. У журналі вказано, які.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Extent</source>
      <translation>Охоплення</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Area (polygons)</source>
      <translation>Область (полігони)</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Polygons that limit where tie points are looked for, in any CRS: a layer, its selected features, or a file. A GeoJSON file that names no CRS is in longitude and latitude.</source>
      <translation>Полігони, що обмежують, де шукати зв'язкові точки, у будь-якій системі координат: шар, його вибрані об'єкти або файл. Файл GeoJSON без системи координат — у довготі та широті.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Look inside or outside the area</source>
      <translation>Шукати в області чи поза нею</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>inside: only within the polygons. outside: everywhere else, as for clouds, water or forest that was felled.</source>
      <translation>inside: лише в полігонах. outside: усюди поза ними, як-от для хмар, води чи вирубаного лісу.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>auto: guided by the georeferencing; where one raster has none, or nothing matches where it says, any rotation, scale and shift. structure: guided; compares the orientation of edges, so snow and summer match; needs no weights. phase: guided; phase correlation, for images of like season. sift, akaze, orb: free; classic keypoints, for images of one season. All others: free; networks, whose weights must be in the model store. The help has a table of them.</source>
      <translation>auto: керується геоприв'язкою; якщо растр її не має або там, де вона вказує, нічого не збігається, — будь-який поворот, масштаб і зсув. structure: керований; порівнює напрямки контурів, тож сніг і літо збігаються; не потребує ваг. phase: керований; фазова кореляція, для зображень подібного сезону. sift, akaze, orb: вільні; класичні ключові точки, для зображень одного сезону. Усі інші: вільні; мережі, ваги яких мають бути у сховищі моделей. У довідці є їхня таблиця.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Options of the matcher</source>
      <translation>Параметри методу зіставлення</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Options that the chosen matcher has and others have not, with spaces between, as weights=indoor threshold=0.4. Left empty, each has its default. The table of matchers in the help says which there are.</source>
      <translation>Параметри, які має вибраний метод і не мають інші, через пробіли, як-от weights=indoor threshold=0.4. Порожньо: кожен має стандартне значення. Які є, вказано в таблиці методів у довідці.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Largest displacement looked for (metres)</source>
      <translation>Найбільший зсув, який шукати (метри)</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>How far the target may lie off. Guided matchers look no further. A smaller value is faster and surer.</source>
      <translation>Як далеко від свого місця може лежати ціль. Керовані методи не шукають далі. Менше значення швидше й надійніше.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Spacing of the tie points (reference pixels, 0 = chosen from the size)</source>
      <translation>Відстань між зв'язковими точками (пікселі еталона, 0 = за розміром)</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>The distance between the places where a tie point is tried. Smaller means more points and more time.</source>
      <translation>Відстань між місцями, де пробують зв'язкову точку. Менше — більше точок і більше часу.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Transformation</source>
      <translation>Перетворення</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>auto: the simplest one whose cross-validated error is not significantly worse than the best. shift, similarity, affine, homography, polynomial2, polynomial3: one formula for the whole image. thin_plate_spline, local: follow displacements that change over the image.</source>
      <translation>auto: найпростіше, похибка якого за перехресною перевіркою не суттєво гірша за найкращу. shift, similarity, affine, homography, polynomial2, polynomial3: одна формула для всього зображення. thin_plate_spline, local: відтворюють зсуви, що змінюються по зображенню.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Smallest score (0 to 1)</source>
      <translation>Найменша оцінка (від 0 до 1)</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Tie points with a score below this are left out of everything. The score says how sure a point is.</source>
      <translation>Зв'язкові точки з меншою оцінкою не враховуються ніде. Оцінка показує, наскільки певна точка.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>auto: a CUDA card, else Apple's graphics (mps), else the processor (cpu). The log says which.</source>
      <translation>auto: карта CUDA, інакше графіка Apple (mps), інакше процесор (cpu). У журналі вказано, що саме.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Device</source>
      <translation>Пристрій</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>The same seed, rasters and parameters give the same result again.</source>
      <translation>Те саме початкове число, растри й параметри дають той самий результат.</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Random seed</source>
      <translation>Початкове число генератора випадкових чисел</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>Resampling</source>
      <translation>Передискретизація</translation>
    </message>
    <message>
      <location filename="../processing/parameters.py"></location>
      <source>nearest keeps the values as they are (classes, masks); bilinear, cubic and lanczos are smoother, for images.</source>
      <translation>nearest лишає значення без змін (класи, маски); bilinear, cubic і lanczos плавніші, для зображень.</translation>
    </message>
    <message>
      <location filename="../processing/points.py"></location>
      <source>TIE_POINTS: {layer} has no field {fields}: tie points need tgt_x and tgt_y, the place in the raster to be warped, as Match rasters writes them.</source>
      <translation>TIE_POINTS: {layer} не має поля {fields}: зв'язкові точки потребують tgt_x і tgt_y — місця в растрі, який трансформують, як їх записує «Зіставити растри».</translation>
    </message>
    <message>
      <location filename="../processing/points.py"></location>
      <source>TIE_POINTS: {layer} has no point that can be used: {outliers} are marked as outliers, {incomplete} have no position or no tgt_x, tgt_y.</source>
      <translation>TIE_POINTS: {layer} не має придатних точок: викидами позначено {outliers}, без положення або tgt_x, tgt_y — {incomplete}.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Sentinel-2 product (.SAFE folder, its zip, or its MTD_MSIL1C.xml or MTD_MSIL2A.xml)</source>
      <translation>Продукт Sentinel-2 (тека .SAFE, її zip або MTD_MSIL1C.xml чи MTD_MSIL2A.xml)</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Sentinel-2 products (MTD_*.xml *MTD_*.xml *.zip);;All files (*)</source>
      <translation>Продукти Sentinel-2 (MTD_*.xml *MTD_*.xml *.zip);;Усі файли (*)</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Level-1C or Level-2A of any processing baseline. The path of the .SAFE folder can be typed or pasted; in the file dialog choose the MTD file in it, or the zip, which is read where it lies.</source>
      <translation>Level-1C або Level-2A будь-якої базової версії обробки. Шлях теки .SAFE можна ввести або вставити; у вікні вибору файлу вкажіть файл MTD у ній або zip, який читається там, де лежить.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Bands</source>
      <translation>Канали</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Names such as B04,B8A,SCL, in the order of the result: B01 to B12, B8A, TCI, SCL, AOT, WVP; or RGB, RGBN, CIR (B08 B04 B03), SWIR (B12 B8A B04), 10m, 20m, 60m, all. auto: the finest reflectance bands that the product has.</source>
      <translation>Назви, як-от B04,B8A,SCL, у порядку результату: від B01 до B12, B8A, TCI, SCL, AOT, WVP; або RGB, RGBN, CIR (B08 B04 B03), SWIR (B12 B8A B04), 10m, 20m, 60m, all. auto: найдетальніші канали відбивної здатності, які має продукт.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Pixel size (metres, 0 = that of the finest of the bands)</source>
      <translation>Розмір пікселя (метри, 0 = найдетальнішого каналу)</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>All bands get this pixel size: finer ones are averaged, coarser ones interpolated, classes take the nearest pixel.</source>
      <translation>Усі канали отримують цей розмір пікселя: дрібніші усереднюються, грубіші інтерполюються, класи беруть найближчий піксель.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Only this part is written, by whole pixels. Any CRS.</source>
      <translation>Записується лише ця частина, цілими пікселями. Будь-яка система координат.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Polygons outside of which everything becomes nodata; the result is cut to their bounds. A layer, its selected features, or a file, in any CRS. A GeoJSON file that names no CRS is in longitude and latitude.</source>
      <translation>Полігони, поза якими все стає nodata; результат обрізається до їхніх меж. Шар, його вибрані об'єкти або файл, у будь-якій системі координат. Файл GeoJSON без системи координат — у довготі та широті.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Clouds become nodata</source>
      <translation>Хмари стають nodata</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Level-2A: by the scene classes (cloud, cirrus, cloud shadow; snow stays). Level-1C: by its mask of clouds, raster or polygons. The log says which.</source>
      <translation>Level-2A: за класами сцени (хмара, перисті, тінь хмари; сніг лишається). Level-1C: за його маскою хмар, растром чи полігонами. У журналі вказано, за якою.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Probability from which a pixel counts as cloud (percent, 0 = by the scene classes)</source>
      <translation>Імовірність, від якої піксель вважається хмарою (відсотки, 0 = за класами сцени)</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Level-2A only: clouds become nodata by their probability (MSK_CLDPRB) instead of the classes.</source>
      <translation>Лише Level-2A: хмари стають nodata за їхньою ймовірністю (MSK_CLDPRB), а не за класами.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Pixel values of the result</source>
      <translation>Значення пікселів результату</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>none: reflectance times 10000, whole numbers, the offset of baseline 04.00 and later added. reflectance: 0 to 1. threshold: 0 to the threshold as 1 to 255. percentile: the 2nd to the 98th percentile of each band as 1 to 255.</source>
      <translation>none: відбивна здатність, помножена на 10000, цілі числа, зміщення базової версії 04.00 і пізніших ураховано. reflectance: від 0 до 1. threshold: від 0 до порога як від 1 до 255. percentile: від 2-го до 98-го перцентиля кожного каналу як від 1 до 255.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Threshold (reflectance times 10000)</source>
      <translation>Поріг (відбивна здатність, помножена на 10000)</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>What becomes 255 with threshold: 3000 suits summer, 8000 snow.</source>
      <translation>Що стає 255 при threshold: 3000 для літа, 8000 для снігу.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Prepared bands</source>
      <translation>Підготовлені канали</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>A cloud-optimised GeoTIFF with the bands' names, wavelengths and nodata; time, product, baseline and offset are in its metadata.</source>
      <translation>Хмарно-оптимізований GeoTIFF (COG) із назвами, довжинами хвиль і nodata каналів; час, продукт, версія та зміщення — у його метаданих.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>{bands}: {width} x {height} pixels of {metres:g} m, {share:.1%} of them valid.</source>
      <translation>{bands}: {width} x {height} пікселів по {metres:g} м, з них дійсних {share:.1%}.</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>Bands of the Sentinel-2 product {product}. {what}</source>
      <translation>Канали продукту Sentinel-2 {product}. {what}</translation>
    </message>
    <message>
      <location filename="../processing/prepare_sentinel2.py"></location>
      <source>No Sentinel-2 product was given as {name}.</source>
      <translation>Для {name} не задано продукту Sentinel-2.</translation>
    </message>
    <message>
      <location filename="../processing/products.py"></location>
      <source>The images of {name} cannot be opened: they are damaged or cut off. Download the product again.</source>
      <translation>Зображення {name} не відкриваються: вони пошкоджені або обірвані. Завантажте продукт ще раз.</translation>
    </message>
    <message>
      <location filename="../processing/provenance.py"></location>
      <source>Where {path} came from could not be written beside it: {error}</source>
      <translation>Не вдалося записати поруч, звідки походить {path}: {error}</translation>
    </message>
    <message>
      <location filename="../processing/provenance.py"></location>
      <source>{file} is there and of another making</source>
      <translation>{file} уже є і має інше походження</translation>
    </message>
    <message>
      <location filename="../processing/sinks.py"></location>
      <source>{name}: a feature could not be written: {error}.</source>
      <translation>{name}: не вдалося записати об'єкт: {error}.</translation>
    </message>
    <message>
      <location filename="../processing/sinks.py"></location>
      <source>{name}: {path} could not be written whole; is the disk full?</source>
      <translation>{name}: {path} не вдалося записати повністю; диск заповнено?</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>inlier, residual below {high:g} px</source>
      <translation>узгоджена, нев'язка менше {high:g} пікс.</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>inlier, residual {low:g} px and more</source>
      <translation>узгоджена, нев'язка {low:g} пікс. і більше</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>inlier, residual {low:g} to {high:g} px</source>
      <translation>узгоджена, нев'язка від {low:g} до {high:g} пікс.</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>inlier set by hand, or without a residual</source>
      <translation>узгоджена, поставлена вручну або без нев'язки</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>outlier, not used</source>
      <translation>викид, не використано</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>neither inlier nor outlier: used</source>
      <translation>ні узгоджена, ні викид: використано</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>inlier without a residual</source>
      <translation>узгоджена без нев'язки</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>no shifts</source>
      <translation>зсувів немає</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>arrows as long as the shift</source>
      <translation>стрілки завдовжки як зсув</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>arrows {scale:g} × as long as the shift</source>
      <translation>стрілки у {scale:g} × довші за зсув</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>units</source>
      <translation>одиниці</translation>
    </message>
    <message>
      <location filename="../processing/symbols.py"></location>
      <source>{size} (median {median:.3g} {unit})</source>
      <translation>{size} (медіана {median:.3g} {unit})</translation>
    </message>
    <message>
      <location filename="../processing/texts.py"></location>
      <source>More, and every parameter: the button &lt;b&gt;Help&lt;/b&gt;.</source>
      <translation>Докладніше і про кожен параметр (англійською): кнопка &lt;b&gt;Довідка&lt;/b&gt;.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>The folder that Build training set wrote; it needs a place that is held out.</source>
      <translation>Тека, яку записав «Створити навчальний набір»; потрібне місце, відкладене для перевірки.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Start from</source>
      <translation>Почати з</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>seasonal: this plugin's own network, untrained. seasonal-shipped: the same with the weights that come with the plugin, to train on. All others: published matchers, whose weights must be in the model store. What does not learn in them (SuperPoint, SIFT) stays as it is.</source>
      <translation>seasonal: власна мережа плагіна, ненавчена. seasonal-shipped: те саме з вагами з плагіна, щоб навчати далі. Усі інші: опубліковані методи, ваги яких мають бути у сховищі моделей. Що в них не навчається (SuperPoint, SIFT), лишається як є.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Start from a file of weights instead</source>
      <translation>Натомість почати з файлу ваг</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Weights (*.safetensors)</source>
      <translation>Ваги (*.safetensors)</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>A file that training wrote, to train further; its notes say which network it is of.</source>
      <translation>Файл, записаний під час навчання, щоб навчати далі; у його примітках вказано, якої він мережі.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Epochs</source>
      <translation>Епохи</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>An epoch is as many pairs as the training set has pictures to learn from. 0: MINUTES alone count.</source>
      <translation>Епоха — стільки пар, скільки в наборі зображень для навчання. 0: лічиться лише MINUTES.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Time limit (minutes, 0 = none)</source>
      <translation>Обмеження часу (хвилини, 0 = немає)</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Of work: time in which the computer sleeps does not count. The learning rate is fitted to it.</source>
      <translation>Рахується час роботи, а не той, коли комп'ютер спить. Швидкість навчання підлаштовується під нього.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Pairs in memory at once</source>
      <translation>Пар у пам'яті водночас</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Where memory is not enough they are halved, and the log says so.</source>
      <translation>Якщо пам'яті не вистачає, їх ділять навпіл, про що повідомляє журнал.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Batches a step</source>
      <translation>Пакетів на крок</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>The gradients of so many batches are added up: large steps on a small card.</source>
      <translation>Градієнти стількох пакетів додаються: великі кроки на малій карті.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Size of the pairs (pixels, a multiple of 32)</source>
      <translation>Розмір пар (пікселі, кратне 32)</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Width and height of the images that pairs are made of.</source>
      <translation>Ширина й висота зображень, з яких роблять пари.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Learning rate (0 = usual for what training starts from)</source>
      <translation>Швидкість навчання (0 = звичайна для того, з чого починають)</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>The largest of the run: it rises over its first twentieth, then falls as a cosine.</source>
      <translation>Найбільша за запуск: зростає протягом першої двадцятої, потім спадає як косинус.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Options of the pairs</source>
      <translation>Параметри пар</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>name=value, with spaces between, such as motion=guided cross_season=0.5. The help has a table of them.</source>
      <translation>назва=значення через пробіли, як-от motion=guided cross_season=0.5. У довідці є їхня таблиця.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Precision</source>
      <translation>Точність обчислень</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>auto: bf16 where the processor or the card computes it, else fp16 on a card and fp32 here.</source>
      <translation>auto: bf16, якщо його обчислює процесор чи карта, інакше fp16 на карті та fp32 тут.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Held-out pairs during training</source>
      <translation>Відкладені пари під час навчання</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>They are matched every few minutes; the weights that match them best are kept.</source>
      <translation>Їх зіставляють кожні кілька хвилин; лишаються ваги, що зіставляють їх найкраще.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Held-out pairs before and after</source>
      <translation>Відкладені пари до і після навчання</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>They tell whether training helped; about a hundred are needed to be sure of a few percent.</source>
      <translation>Вони показують, чи допомогло навчання; щоб бути певним у кількох відсотках, потрібно близько ста.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Run folder</source>
      <translation>Тека запуску</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Keeps checkpoint, log and best weights, so that a stopped run goes on, and a finished one for more epochs. Left empty: one beside the weights, until these are written.</source>
      <translation>Зберігає проміжний стан, журнал і найкращі ваги, щоб зупинений запуск продовжився, а завершений — ще на кілька епох. Порожньо: поруч із вагами, доки їх не записано.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Weights</source>
      <translation>Ваги</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>The weights that did best on held-out pairs. A model card (.md) and the log (.csv) lie beside.</source>
      <translation>Ваги, найкращі на відкладених парах. Поруч картка моделі (.md) і журнал (.csv).</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Curves</source>
      <translation>Криві</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>The loss, and how many of the matches on held-out pairs are right, step by step.</source>
      <translation>Втрати і скільки збігів на відкладених парах правильні, крок за кроком.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Model card</source>
      <translation>Картка моделі</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Log</source>
      <translation>Журнал</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Number of steps</source>
      <translation>Кількість кроків</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Share of matches within 1 pixel, after</source>
      <translation>Частка збігів у межах 1 пікселя, після навчання</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Share of matches within 3 pixels, after</source>
      <translation>Частка збігів у межах 3 пікселів, після навчання</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Share of matches within 1 pixel, before</source>
      <translation>Частка збігів у межах 1 пікселя, до навчання</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Share of matches within 3 pixels, before</source>
      <translation>Частка збігів у межах 3 пікселів, до навчання</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Matches a pair, after</source>
      <translation>Збігів на пару, після навчання</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Matches a pair, before</source>
      <translation>Збігів на пару, до навчання</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>Better with 95 % confidence (1 or 0)</source>
      <translation>Краще з певністю 95 % (1 або 0)</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>TRAINING_SET: name the folder that Build training set wrote.</source>
      <translation>TRAINING_SET: укажіть теку, яку записав «Створити навчальний набір».</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>TRAINING_SET: the folder {folder} does not exist.</source>
      <translation>TRAINING_SET: теки {folder} немає.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>START_WEIGHTS: the file {file} does not exist.</source>
      <translation>START_WEIGHTS: файлу {file} немає.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>EPOCHS, MINUTES: one of them must say how long to train.</source>
      <translation>EPOCHS, MINUTES: одне з них має визначати, як довго навчати.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>SIZE: it must be a multiple of 32, not {size:g}.</source>
      <translation>SIZE: має бути кратне 32, а не {size:g}.</translation>
    </message>
    <message>
      <location filename="../processing/train_matcher.py"></location>
      <source>WEIGHTS: give a name that ends in .safetensors, not {path}.</source>
      <translation>WEIGHTS: задайте назву, що закінчується на .safetensors, а не {path}.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Raster to warp</source>
      <translation>Растр, який трансформувати</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>The target raster of the match, or one with the same geometry, as another band of the same scene.</source>
      <translation>Цільовий растр зіставлення або інший із тією самою геометрією, як-от інший канал тієї самої сцени.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Points as Match rasters writes them: the point lies where the content belongs, its fields tgt_x and tgt_y say where the raster shows it, in the raster's CRS. Points whose field inlier is false are left out; points moved, deleted or added by hand count as they are.</source>
      <translation>Точки, які записує «Зіставити растри»: точка лежить там, де має бути вміст, поля tgt_x і tgt_y вказують, де його показує растр, у системі координат растра. Точки, у яких поле inlier має значення false, пропускаються; точки, пересунуті, видалені чи додані вручну, враховуються як є.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Raster whose pixel grid the result takes</source>
      <translation>Растр, піксельну сітку якого матиме результат</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Left empty, the result has the pixel grid of the raster to warp.</source>
      <translation>Порожньо: результат має піксельну сітку растра, який трансформують.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Only this part of the grid is written. Any CRS.</source>
      <translation>Записується лише ця частина сітки. Будь-яка система координат.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>All bands of the raster, warped: a cloud-optimised GeoTIFF.</source>
      <translation>Усі канали растра, трансформовані: хмарно-оптимізований GeoTIFF (COG).</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Warped raster</source>
      <translation>Трансформований растр</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>{used} tie points are used; {outliers} are marked as outliers, {incomplete} are not complete.</source>
      <translation>Використано зв'язкових точок: {used}; викидами позначено {outliers}, неповних {incomplete}.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>Cross-validated error of the transformation ({kind}): RMSE {rmse:.2f} m, CE90 {ce90:.2f} m.</source>
      <translation>Похибка перетворення за перехресною перевіркою ({kind}): RMSE {rmse:.2f} м, CE90 {ce90:.2f} м.</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>{raster} warped</source>
      <translation>{raster} трансформовано</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>{raster} warped onto {grid}</source>
      <translation>{raster} трансформовано на {grid}</translation>
    </message>
    <message>
      <location filename="../processing/warp_raster.py"></location>
      <source>{raster}, warped by the tie points {points}.</source>
      <translation>{raster}, трансформовано за зв'язковими точками {points}.</translation>
    </message>
  </context>
</TS>
