# Słowa biura obsługi po polsku. Każdy tekst to CommonMark. Wstawiane napisy pokazujemy dosłownie.
# Mówimy jako „my”, do klienta per „Ty”, bez zgadywania płci. Czas ($by, $first, $second) przychodzi gotowy: „14:40”, „jutro 09:10”.
# Długości: tytuł formularza i przyciski 24 znaki, etykiety 45, podpowiedzi 100, opcje 75.
# Kolejność sekcji jest taka sama w każdym języku; nowe klucze dopisujemy do sekcji, w każdym pliku.

## Zgłoszenia: co słyszy klient

ticket-opened =
    Mamy Twoje zgłoszenie **#{ $number }**: { $subject }
    Odpowiemy tutaj najpóźniej: **{ $by }**. Do tego czasu możesz dopisać, co tylko chcesz.
ticket-opened-critical =
    Mamy Twoje zgłoszenie **#{ $number }**: { $subject }
    Jest oznaczone jako krytyczne, więc zajmujemy się nim najpierw. Odpowiemy tutaj najpóźniej: **{ $by }** i będziemy informować na bieżąco aż do naprawy.
ticket-waiting = Aby zająć się dalej zgłoszeniem **#{ $number }**, potrzebujemy Twojej odpowiedzi. Prosimy o odpowiedź tutaj.
ticket-solved = Uważamy zgłoszenie **#{ $number }** za rozwiązane. Jeśli tak nie jest, wystarczy odpisać tutaj, a zajmiemy się nim dalej.
ticket-closed = Zgłoszenie **#{ $number }** jest zamknięte. Dziękujemy za kontakt.
ticket-part = Zgłoszenie **#{ $number }** dotyczy czegoś, nad czym pracujemy: awaria **N-{ $notice }**, { $title }.
ticket-part-next = Damy znać, gdy tylko będzie coś nowego, najpóźniej do **{ $by }**, a tutaj, gdy awaria się skończy. Jeśli chodzi o coś innego, prosimy napisać to tutaj.
ticket-part-soon = Damy znać, gdy tylko będzie coś nowego, a tutaj, gdy awaria się skończy. Jeśli chodzi o coś innego, prosimy napisać to tutaj.
ticket-part-over = Awaria **N-{ $notice }** się skończyła: { $title }.
ticket-apart-apart = Awaria **N-{ $notice }** okazała się dotyczyć czegoś innego. Zajmujemy się zgłoszeniem **#{ $number }** osobno.
ticket-apart-staff = Zgłoszenie **#{ $number }** jednak nie dotyczy awarii **N-{ $notice }**. Zajmujemy się nim osobno.
ticket-part-asked = Nadal zajmujemy się tym, co zostało nam napisane.
ticket-opened-apart = Zgłoszenie **#{ $number }** ma własny wątek. Porozmawiajmy tam.
ticket-reopened = Zgłoszenie **#{ $number }** jest znowu otwarte. Zajmujemy się nim.
ticket-transferred = Twoim zgłoszeniem **#{ $number }** zajmuje się teraz dział: { $department }. Nie musisz nic robić.
ticket-escalated-to = Zgłoszenie **#{ $number }** jest teraz u osób, które mogą je rozwiązać: { $level }. Dlaczego: { $reason } { $next }
ticket-deescalated-to = Zgłoszeniem **#{ $number }** znów zajmuje się ten zespół: { $level }. Dlaczego: { $reason } { $next }
level-why-untouched = Czeka dłużej, niż powinno.
level-next-open = Są teraz w pracy i to od nich będzie następna wiadomość. Nie musisz nic robić.
level-next-closed = Będą w pracy od: **{ $when }** i wtedy tutaj napiszą. Nie musisz nic robić.
ticket-prioritised = Priorytet Twojego zgłoszenia **#{ $number }** to teraz: { $priority }.
ticket-prioritised-by =
    Priorytet Twojego zgłoszenia **#{ $number }** to teraz: { $priority }.
    Odpowiemy tutaj najpóźniej: **{ $by }**.
ticket-escalated = Widzimy, że zgłoszenie **#{ $number }** nie może czekać. Odpowiemy tutaj najpóźniej: **{ $by }**.
reply-to-closed = Zgłoszenie **#{ $number }** jest zamknięte, więc ta wiadomość do nas nie dotarła. Prosimy otworzyć nowe zgłoszenie.
chat-opened = Dziękujemy, wiadomość dotarła. Odpowiemy właśnie tutaj.
chat-subject = Pliki bez słów
chat-nobody = Przepraszamy, w tej chwili wszyscy są zajęci. Pytanie nie zginęło: można z niego zrobić zgłoszenie, a odpowiedź przyjdzie tutaj albo, na życzenie, e-mailem.
chat-is-ticket = To jest teraz zgłoszenie **#{ $number }**, razem z całą rozmową. Prosimy o uzupełnienie brakujących danych; odpowiemy tutaj do: **{ $by }**.
chat-is-ticket-soon = To jest teraz zgłoszenie **#{ $number }**, razem z całą rozmową. Prosimy o uzupełnienie brakujących danych; rozmawiamy dalej tutaj.
button-make-ticket = Zrób z tego zgłoszenie
button-details = Uzupełnij dane
button-by-mail = Odpowiedź też e-mailem
button-go-on = Rozmawiaj w: { $platform }
details-title = Uzupełnij dane
details-thanks = Dziękujemy. Zgłoszenie **#{ $number }** ma już te dane.
by-mail-title = Odpowiedź e-mailem
by-mail-address = Adres e-mail
by-mail-hint = Odpowiedzi nieprzeczytane tutaj w ciągu dwóch minut przyjdą też tam.
by-mail-thanks = Dziękujemy. To, czego nie zobaczysz tutaj w ciągu dwóch minut, wyślemy też na { $address }.
by-mail-wrong = Prosimy o adres taki jak ana@example.com.
by-mail-first = Ten adres podano nam na czacie na naszej stronie, na odpowiedzi, których tam nie odczytano. Aby pisać dalej, wystarczy odpowiedzieć na tę wiadomość. Jeśli to pomyłka, prosimy ją zignorować.
goes-on-there = Rozmawiamy dalej w: { $platform }.
goes-on-here = Tutaj prowadzimy dalej zgłoszenie **#{ $number }**: { $subject }

## Polecenia: pomoc, listy, odmowy

help =
    Co można zrobić:

    - `{ $command } open` – otworzyć zgłoszenie
    - `{ $command } list` – zobaczyć swoje zgłoszenia
    - `{ $command } show 12` – zobaczyć zgłoszenie 12
    - `{ $command } close 12` – zamknąć zgłoszenie 12
    - `{ $command } reply 12 tekst` – napisać do zgłoszenia 12
    - `{ $command } escalate 12` – poprosić o szybszą odpowiedź na zgłoszenie 12
    - `{ $command } reopen 12` – otworzyć zgłoszenie 12 ponownie
    - `{ $command } link` – pokazać nam, kim jesteś
    - `{ $command } me` – sprawdzić, kim dla nas jesteś
    - `{ $command } status` – zobaczyć, co Cię dotyczy teraz i wkrótce
    - `{ $command } notify` – powiedzieć, dokąd mamy pisać i o czym
    - `{ $command } contact` – zobacz, jak się z nami skontaktować i jak szybko odpowiadamy
    - `{ $command } help` – zobaczyć tę pomoc
# Dla rozmowy z botem; $open, $list i pozostałe to całe polecenia.
help-chat =
    Co można zrobić:

    - { $open } – otworzyć zgłoszenie
    - { $list } – zobaczyć swoje zgłoszenia i wybrać, w którym piszesz
    - { $reply } 12 tekst – napisać do zgłoszenia 12
    - { $escalate } 12 – poprosić o szybszą odpowiedź na zgłoszenie 12
    - { $close } 12 – zamknąć zgłoszenie 12
    - { $reopen } 12 – otworzyć zgłoszenie 12 ponownie
    - { $link } – pokazać nam, kim jesteś
    - { $me } – sprawdzić, kim dla nas jesteś
    - { $status } – zobaczyć, co Cię dotyczy teraz i wkrótce
    - { $notify } – powiedzieć, dokąd mamy pisać i o czym
    - { $contact } – zobacz, jak się z nami skontaktować i jak szybko odpowiadamy
    - { $help } – zobaczyć tę pomoc
# W rozmowie o jednym zgłoszeniu, gdzie wiadomość złożona tylko z takiego słowa jest poleceniem.
help-thread =
    To, co tu napiszesz, trafia do zgłoszenia **#{ $number }**. Wiadomość, która jest tylko jednym z tych słów, działa tak:

    - `!zamknij` – zamyka zgłoszenie
    - `!otwórz` – otwiera je ponownie
    - `!pilne` – prosi o szybszą odpowiedź
    - `!pomoc` – pokazuje tę pomoc
list-empty = Nie masz żadnych zgłoszeń.
list-heading =
    { $count ->
        [one] Masz **{ $count }** zgłoszenie:
        [few] Masz **{ $count }** zgłoszenia:
        [many] Masz **{ $count }** zgłoszeń:
       *[other] Masz **{ $count }** zgłoszenia:
    }
list-line = **#{ $number }** { $subject } – { $state }
show-heading = Zgłoszenie **#{ $number }**: { $subject }
show-opened = Otwarte: { $when }
show-state = Stan: { $state }
state-open = otwarte
state-waiting = czeka na Twoją odpowiedź
state-solved = rozwiązane
state-closed = zamknięte
priority-regular = zwykły
priority-critical = krytyczny
unknown-command = Nie znamy polecenia „{ $text }”. Spróbuj „help”.
# Te dwa teksty nie mogą zdradzać, czy zgłoszenie istnieje: są takie same co do słowa.
ticket-not-found = Nie masz zgłoszenia **#{ $number }**.
not-yours = Nie masz zgłoszenia **#{ $number }**.
number-missing = Które zgłoszenie? Prosimy dopisać numer, na przykład 12.
reopen-too-late = Zgłoszenie **#{ $number }** zamknięto zbyt dawno, aby je znowu otworzyć. Prosimy otworzyć nowe.
escalated-lately = Prośba o szybszą odpowiedź na zgłoszenie **#{ $number }** już do nas dotarła i zajmujemy się tym. Kolejną można wysłać po: { $when }.
escalate-finished = Zgłoszenie **#{ $number }** jest zakończone. Jeśli sprawa nie jest rozwiązana, prosimy najpierw otworzyć je ponownie.
only-owner = Może to zrobić tylko osoba, która otworzyła to zgłoszenie.

## Kto pyta: potwierdzenie, połączone konta

ticket-proved = Dziękujemy: zgłoszenie **#{ $number }** jest teraz zweryfikowane.
prove-emergency =
    Aby nikt poza Tobą nie mógł zlecić prac na Twoich serwerach, prosimy o potwierdzenie, że zgłoszenie **#{ $number }** jest Twoje. Już działamy; niektóre rzeczy muszą poczekać na potwierdzenie.

    Zaloguj się do panelu klienta i utwórz tam kod lub link do tej rozmowy. Działa 10 minut. Potem naciśnij przycisk i wpisz kod.
prove-emergency-at =
    Aby nikt poza Tobą nie mógł zlecić prac na Twoich serwerach, prosimy o potwierdzenie, że zgłoszenie **#{ $number }** jest Twoje. Już działamy; niektóre rzeczy muszą poczekać na potwierdzenie.

    Zaloguj się do panelu klienta i utwórz tam kod lub link do tej rozmowy: { $area }
    Działa 10 minut. Potem naciśnij przycisk i wpisz kod.
prove-asked =
    Aby kontynuować zgłoszenie **#{ $number }**, musimy mieć pewność, że to Ty prosisz.

    Zaloguj się do panelu klienta i utwórz tam kod lub link do tej rozmowy. Działa 10 minut. Potem naciśnij przycisk i wpisz kod.
prove-asked-at =
    Aby kontynuować zgłoszenie **#{ $number }**, musimy mieć pewność, że to Ty prosisz.

    Zaloguj się do panelu klienta i utwórz tam kod lub link do tej rozmowy: { $area }
    Działa 10 minut. Potem naciśnij przycisk i wpisz kod.
prove-how = Aby pokazać nam, kim jesteś, zaloguj się do panelu klienta i utwórz tam kod lub link do tej rozmowy. Działa 10 minut.
prove-how-at =
    Aby pokazać nam, kim jesteś, zaloguj się do panelu klienta i utwórz tam kod lub link do tej rozmowy: { $area }
    Działa 10 minut.
prove-how-mail = Możesz też podać swój zarejestrowany adres e-mail, a wyślemy na niego kod.
button-prove = Wpisz kod
button-unlink = Odłącz to konto
button-revoke = Odłącz { $platform }: { $name }
link-title = Kim jesteś?
link-field = Kod lub zarejestrowany e-mail
link-field-code = Kod z panelu klienta
link-field-hint = Kod działa raz, przez 10 minut i tylko na platformie, dla której powstał.
link-type-it = Prosimy wysłać `/link`, a po nim kod.
link-ask = Prosimy wysłać kod z panelu klienta albo swój zarejestrowany adres e-mail. Nie trafi to do Twoich zgłoszeń.
link-ask-code = Prosimy wysłać kod z panelu klienta.
# Wszystko, co może być nie tak z kodem, mówimy tymi samymi słowami, aby zgadywanie niczego nie zdradzało.
link-failed = Ten kod tu nie działa. Może zawierać błąd, być już użyty, starszy niż 10 minut albo utworzony dla innej platformy, osoby lub zgłoszenia. Po kilku błędnych kodach prosimy odczekać 10 minut. Jeśli to konto jest połączone z kimś innym, najpierw je odłącz.
link-no-mail = Nie wysyłamy tu kodów e-mailem.
link-mail-asked = Jeśli mamy ten adres, kod jest już w drodze. Działa raz, przez 10 minut.
linked-now = To konto jest połączone: **{ $contact }**, **{ $account }**. Jeśli to nie Ty, prosimy od razu je odłączyć.
proved-again = Dziękujemy – **{ $contact }**, **{ $account }**: mamy potwierdzenie, że to Ty.
proved-for = Zgłoszenie **#{ $number }** jest zweryfikowane.
status-heading = Co Cię dotyczy teraz i wkrótce:
status-line = **{ $subject }** ({ $state })
status-more = Jest tego więcej; o wszystkim zawiadomimy na czas.
status-nothing = Teraz nic Cię nie dotyczy: nie ma awarii ani zaplanowanych prac.
status-nobody = Czy dotyczy Cię awaria albo zaplanowane prace, powiemy, gdy będziemy wiedzieć, kim jesteś.
me-nobody = Nie wiemy jeszcze, kim jesteś.
me-heading = Znamy Cię jako: **{ $contact }**, **{ $account }**. Twoje połączone konta:
me-line = { $platform }: { $name } – od { $when }
me-line-this = { $platform }: { $name } – od { $when } – to konto
unlinked-now = Odłączono. Nie wiemy tu już, kim jesteś. Zgłoszenia otwarte stąd pozostają Twoje.
revoked-now = Odłączono. To konto nie widzi już nic z Twoich danych.
not-linked = To konto nie jest połączone, więc nie ma czego odłączać.
no-such-identity = Nie masz takiego połączonego konta. Nic się nie zmieniło.
proof-needed = Do tego musimy wiedzieć, kim jesteś.
proof-needed-fresh = Do tego musimy mieć pewność, że to Ty, teraz. Prosimy utworzyć w panelu klienta kod lub link do tej rozmowy i podać go tutaj w ciągu 15 minut.
mail-code =
    Twój kod: **{ $code }**

    Łączy Twoje konto { $platform } z { $account }, działa raz i przez 10 minut. Jeśli to nie Twoja prośba, nie rób nic: bez kodu nikt nie zostanie połączony.

## Formularz: tytuły, pola, opcje

form-title = Nowe zgłoszenie
form-submit = Wyślij
form-cancel = Anuluj
form-back = Wstecz
form-next = Dalej
form-send-again = Wyślij formularz
field-department = Dział
field-department-hint = Kto ma się tym najpierw zająć?
field-department-placeholder = Wybierz dział
field-priority = Priorytet
field-priority-hint = Krytyczny oznacza całkowitą awarię. Potrzebujemy wtedy kilku danych więcej.
field-priority-placeholder = Wybierz priorytet
field-subject = Temat
field-subject-hint = Kilka słów, po których łatwo je potem znaleźć.
field-subject-placeholder = Strona się nie otwiera
field-description = Opis
field-description-hint = Co się dzieje, a co powinno się dziać?
field-description-placeholder = Co się dzieje? Od kiedy? Co już zostało sprawdzone?
field-about = Usługa
field-about-hint = Której z Twoich usług to dotyczy?
field-about-placeholder = Nazwa, adres IP lub numer zamówienia
choice-no-service = Żadnej z nich
field-server = IP serwera lub numer zamówienia
field-server-hint = Wystarczy jedno z dwóch.
field-server-placeholder = 203.0.113.7 lub #123456
field-service = Nazwa usługi
field-service-hint = Taka, jaką znasz.
field-service-placeholder = Serwer sklepu
field-began = Kiedy się zaczęło
field-began-hint = Czas polski (CET/CEST), chyba że podasz strefę.
field-began-placeholder = 14:30, wczoraj 14:30, 2026-11-22 14:30 UTC
field-diagnostics = Diagnostyka
field-diagnostics-hint = Co już wiadomo: komunikaty błędów, ping, traceroute, logi.
field-diagnostics-placeholder = ping: 100% utraconych pakietów; port 443 nie odpowiada
department-technical = Techniczny
department-financial = Finansowy
choice-priority-regular = Zwykły
choice-priority-critical = Krytyczny: całkowita awaria

## Błędy: przy polu albo jako następne pytanie

fault-required = Prosimy wypełnić to pole.
fault-server-or-order = Prosimy podać adres IP serwera lub numer zamówienia, na przykład 203.0.113.7 lub #123456.
fault-too-long =
    { $max ->
        [one] To za długie: najwyżej { $max } znak.
        [few] To za długie: najwyżej { $max } znaki.
        [many] To za długie: najwyżej { $max } znaków.
       *[other] To za długie: najwyżej { $max } znaku.
    }
fault-blank = Nie ma tu nic do przeczytania. Prosimy napisać kilka słów.
fault-own-service = Nie znajdujemy tego wśród Twoich usług. Prosimy wybrać jedną z nich albo zostawić to pole puste.
fault-choice = Prosimy wybrać jedną z podanych odpowiedzi.
fault-ip = To nie jest adres IP. Adres wygląda tak: 203.0.113.7 lub 2001:db8::7.
fault-order = To nie jest numer zamówienia. Numer wygląda tak: #123456.
fault-when-unreadable = Nie potrafimy odczytać tego czasu. Prosimy napisać na przykład: 14:30, wczoraj 14:30 lub 2026-11-22 14:30 UTC.
fault-when-no-such-date = Nie ma takiego dnia lub takiej godziny. Prosimy sprawdzić.
fault-when-gap = Czas „{ $input }” nie istniał: w tej godzinie zegary przestawiono do przodu. Prosimy podać inny czas albo dopisać strefę, na przykład UTC.
fault-when-future = Ten czas dopiero nadejdzie. Prosimy podać, kiedy problem się zaczął.
fault-when-too-old = To było ponad 90 dni temu. Prosimy sprawdzić datę.
fault-when-ambiguous = To można odczytać na dwa sposoby. Chodzi o { $first } czy { $second }?

## Rozmowa, która otwiera zgłoszenie, krok po kroku

wizard-ask-department = Kto ma się tym najpierw zająć?
wizard-ask-priority = Jak pilna jest sprawa? Krytyczny priorytet oznacza całkowitą awarię; potrzebujemy wtedy kilku danych więcej.
wizard-ask-subject = O co chodzi? Wystarczy kilka słów.
wizard-ask-description = Co się dzieje, a co powinno się dziać? Prosimy opisać to w jednej wiadomości.
wizard-ask-about = Której z Twoich usług to dotyczy?
wizard-ask-about-typed = Której z Twoich usług to dotyczy? Prosimy przysłać jej nazwę, adres IP lub numer zamówienia.
wizard-ask-server = Którego serwera to dotyczy? Prosimy przysłać adres IP lub numer zamówienia, na przykład 203.0.113.7 lub #123456.
wizard-ask-service = Jak nazywa się usługa? Wystarczy nazwa, jaką znasz.
wizard-ask-began = Kiedy się zaczęło? Na przykład 14:30 albo wczoraj 14:30. Przyjmujemy czas polski (CET/CEST), chyba że podasz strefę.
wizard-ask-diagnostics = Co już wiadomo? Pomogą komunikaty błędów, ping, traceroute i logi.
wizard-skip = Pomiń
wizard-review = Oto, co wyślemy. Czy wszystko się zgadza?
wizard-send = Wyślij
wizard-cancelled = Anulowano. Nic nie zostało wysłane.
wizard-resume = Tworzenie zgłoszenia zostało przerwane. Wróćmy do tego miejsca.
wizard-kept = Z Twoim zgłoszeniem pójdzie to, co już zostało napisane.
notice-offer = Czy otworzyć zgłoszenie z tym, co zostało napisane?
wizard-nothing-open = Nie masz otwartych zgłoszeń. Otworzyć nowe?
open-a-ticket = Otwórz zgłoszenie
open-with-this-text = Otwórz z tym tekstem
goes-to = To trafia do zgłoszenia **#{ $number }**: { $subject }
switch-to = Przejdź do #{ $number }: { $subject }
now-talking-in = Od teraz Twoje wiadomości trafiają do zgłoszenia **#{ $number }**: { $subject }
choose-ticket = Którego zgłoszenia to dotyczy?

## Czekanie i kłopoty

working = Chwileczkę…
try-again = Coś poszło nie tak po naszej stronie. Nic nie zginęło. Prosimy spróbować ponownie.
try-again-with = Coś poszło nie tak po naszej stronie i to do nas nie dotarło. Prosimy wysłać ponownie. Treść:

## Zespół: karta (etykiety stoją przed wartością) i przyciski

desk-from = Od
desk-account = Konto
desk-contact = Kontakt
desk-service = Usługa
desk-service-check = ⚠️ Sprawdź usługę
desk-service-nobody = { $typed } nie należy do żadnej znanej usługi.
desk-service-other = { $typed } należy do usługi { $service } na koncie { $account }: to nie jest konto osoby, która pyta.
desk-service-ended = { $typed } należy do usługi { $service } na tym koncie, która się zakończyła.
desk-service-unproved = { $typed } należy do usługi { $service } na koncie { $account }. Osoba, która pyta, nie wykazała związku z tym kontem.
desk-state = Stan
desk-way = Droga
desk-way-chat = czat na stronie
desk-priority = Priorytet
desk-department = Dział
desk-assignee = Prowadzi
desk-nobody = nikt
desk-opened = Otwarte
desk-promise = Odpowiedź najpóźniej: { $by }
desk-hint = To, co tu napiszesz, dostanie klient. Notatkę tylko dla zespołu zacznij od //.
desk-state-open = otwarte
desk-state-waiting = czeka na klienta
desk-state-solved = rozwiązane
desk-state-closed = zamknięte
button-claim = Przejmij
button-wait = Czekaj na klienta
button-solve = Rozwiązane
button-close = Zamknij
button-reopen = Otwórz ponownie

## Zespół: co się stało

claimed-by = Zgłoszenie prowadzi teraz { $name }.
already-claimed = To zgłoszenie prowadzi już { $name }.
claim-taken = Zgłoszenie przed chwilą przypadło komuś innemu: prowadzi je { $name }.
not-staff = To może zrobić tylko zespół wsparcia.
already-in-state = Zgłoszenie jest już w tym stanie. Nic się nie zmieniło.
cannot-from-state = Nie da się tego zrobić w obecnym stanie zgłoszenia.
delivery-failed = Klient nie dostał tej wiadomości: { $reason }
delivery-unknown = Nie wiemy, czy klient dostał tę wiadomość. Przed ponownym wysłaniem prosimy to sprawdzić.
timer-overdue = 🔴 System spóźnia się z tym zgłoszeniem: coś, co miało się wydarzyć, nie wydarzyło się na czas. { $others ->
    [0] Próby trwają; prosimy teraz zajrzeć do zgłoszenia.
    [one] Spóźnione jest też jedno inne zgłoszenie. Prosimy teraz do nich zajrzeć i dać znać osobie, która prowadzi system.
    [few] Spóźnione są też { $others } inne zgłoszenia. Prosimy teraz do nich zajrzeć i dać znać osobie, która prowadzi system.
    [many] Spóźnionych jest też { $others } innych zgłoszeń. Prosimy teraz do nich zajrzeć i dać znać osobie, która prowadzi system.
   *[other] Spóźnione są też inne zgłoszenia ({ $others }). Prosimy teraz do nich zajrzeć i dać znać osobie, która prowadzi system.
}
desk-part = Część awarii **N-{ $notice }**: { $title }. Klient wie to, co wiadomo; zegary stoją, nikt nie jest wzywany, a koniec awarii będzie odpowiedzią.
desk-part-over = Awaria **N-{ $notice }** się skończyła: klient został zawiadomiony.
desk-part-asked = Awaria **N-{ $notice }** się skończyła, ale klient napisał coś jeszcze: na zgłoszenie trzeba odpowiedzieć osobno.
desk-part-apart = Awaria **N-{ $notice }** nie dotyczy już tej usługi: na zgłoszenie trzeba odpowiedzieć osobno.
desk-part-staff = To nie część awarii **N-{ $notice }**: na zgłoszenie trzeba odpowiedzieć osobno, a jego zegary idą dalej.
button-apart = Nie dotyczy awarii
done-apart = Zgłoszenie **#{ $number }** idzie własną drogą. Klient dostanie wiadomość.
part-of-nothing = Zgłoszenie **#{ $number }** nie jest częścią żadnej awarii. Nic się nie zmieniło.
ticket-already = To już jest zgłoszenie **#{ $number }**. Nic się nie zmieniło.
not-by-mail = Nie możemy teraz wysyłać e-maili. Odpowiedź przyjdzie tutaj, na czacie.
by-mail-enough = Do tego czatu mamy już adresy e-mail: { $count }. To, czego nie zobaczysz tutaj, wyślemy na ostatni z nich.
goes-on-nowhere = Zgłoszenia **#{ $number }** nie da się tam prowadzić dalej. Odpowiedź przyjdzie tutaj.
customer-closed = Klient zamknął to zgłoszenie.
customer-reopened = Klient otworzył to zgłoszenie ponownie.
desk-assigned = { $by }: zgłoszenie przekazane tej osobie: { $name }.
desk-transferred = { $by }: zgłoszenie przekazane do działu: { $department }. Można je przejąć.
desk-escalated-to = { $by }: zgłoszenie przekazane na wyższy poziom: { $level }. Można je przejąć. Klient wie, dlaczego: { $reason }
desk-deescalated-to = { $by }: zgłoszenie oddane na niższy poziom: { $level }. Można je przejąć. Klient wie, dlaczego: { $reason }
desk-raised = Nikt na czas nie zajął się tym zgłoszeniem, więc idzie wyżej: { $level }. Można je przejąć.
desk-acknowledged = { $name }: mam to zgłoszenie, odpowiedź do: **{ $until }**.
desk-all-called =
    { $count ->
        [0] 🔴 Nikt nie odpowiedział i nikt nie ma dyżuru. Kto to czyta, niech odpowie klientowi.
        [one] 🔴 Nikt nie odpowiedział. Wzywamy jedyną osobę na dyżurze, aż ktoś odpowie.
        [few] 🔴 Nikt nie odpowiedział. Wzywamy wszystkie { $count } osoby na dyżurze, aż ktoś odpowie.
        [many] 🔴 Nikt nie odpowiedział. Wzywamy wszystkich { $count } na dyżurze, aż ktoś odpowie.
       *[other] 🔴 Nikt nie odpowiedział. Wzywamy wszystkich na dyżurze ({ $count }), aż ktoś odpowie.
    }
desk-prioritised = { $by }: zmiana priorytetu na: { $priority }.
desk-escalated = 🔴 Klient prosi o szybszą odpowiedź. Obiecaliśmy ją najpóźniej: **{ $by }**. Prosimy sprawdzić, czy priorytet nadal pasuje.
desk-by-request = { $name } (klient)
desk-by-reply = { $name }: odpowiedź do klienta
desk-by-note = { $name }: notatka
no-such-ticket = Nie ma zgłoszenia **#{ $number }**.
assign-whom = Komu? Prosimy wskazać jedną osobę.
assignee-not-staff = Ta osoba nie należy tu do zespołu wsparcia, więc zgłoszenie nie zostało jej przekazane.
no-such-department = Nie ma takiego działu. Do wyboru są: { $choices }.
no-such-priority = Nie ma takiego priorytetu. Do wyboru są: { $choices }.
already-so = Tak już jest. Nic się nie zmieniło.
reason-blocked = klient zablokował nasze wiadomości.
reason-gone = ta rozmowa lub ten adres już nie istnieje.
reason-refused = platforma ją odrzuciła.
reason-gave-up = wiele prób się nie powiodło.
desk-notice = Powiadomienie
desk-notice-part = część { $notice }
desk-notice-was = było częścią { $notice }
desk-notice-about = dotyczy { $notice }
desk-lost = Nie można dotrzeć do klienta
desk-lost-blocked = zablokował nasze wiadomości
desk-lost-gone = ta rozmowa lub ten adres już nie istnieje
customer-moved = Rozmowa z klientem już nie istnieje. Kontynuujemy w nowej i wysyłamy tam to, czego nie dostał.
place-moved = Zgłoszenie **#{ $number }** prowadzimy dalej tutaj: poprzednia rozmowa nie jest już dostępna.
button-resend = Wyślij ponownie
resend-not-needed = Nie ma czego wysyłać ponownie: klient już to ma albo zostało to ponownie wysłane.
resent-by-you = Wysyłamy to ponownie.
change-failed = Klient może nadal widzieć wiadomość sprzed zmiany: { $reason }
message-changed = **Zmieniono:**
message-taken-back = *Ta wiadomość została wycofana.*
edit-became-note = Ta odpowiedź jest teraz notatką i wycofujemy ją od klienta.
edit-kept-from-customer = Notatka pozostaje notatką: klient jej nie widzi. Aby odpowiedzieć, prosimy napisać nową wiadomość.

## telegram

telegram-command-ticket = Otwórz zgłoszenie
telegram-command-tickets = Zobacz swoje zgłoszenia i wybierz jedno
telegram-command-link = Pokaż nam, kim jesteś
telegram-command-me = Zobacz, kim dla nas jesteś
telegram-command-help = Zobacz, co możesz zrobić
telegram-command-desk = Dla zespołu: zob. /desk help
telegram-desk-anonymous = Napisz pod własnym imieniem: klient tego nie dostał, bo nie wiemy, kto pisze.
telegram-desk-marks = 👌 wysłane · 👎 nie wysłano · 🤔 nie wiadomo, czy doszło
telegram-attached = 📎 { $kind ->
    [photo] zdjęcie
    [video] film
    [audio] nagranie
    [voice] wiadomość głosowa
    [sticker] naklejka
    [story] relacja
    [contact] kontakt
    [location] lokalizacja
    [poll] ankieta
    [dice] kość do gry
    [other] coś, czego nie da się tu pokazać
   *[file] plik
 }
telegram-attached-named = { telegram-attached }: { $name }

## discord

discord-in-chat = Piszę do Ciebie: dokończmy w wiadomościach prywatnych. Nic tam nie ma? Zezwól na wiadomości prywatne z tego serwera i spróbuj ponownie.
discord-below = Odpowiedź jest poniżej.
discord-wrong-room = Tutaj nie można otworzyć zgłoszenia. Prosimy użyć tego polecenia na kanale tekstowym, na którym mogę tworzyć prywatne wątki.
discord-wrong-room-but = Tutaj nie można otworzyć zgłoszenia. Prosimy użyć tego polecenia na kanale tekstowym, na przykład #{ $room }.
discord-not-ours = To już nie działa. Prosimy zacząć od nowa poleceniem `/ticket`.
discord-done = Gotowe.
discord-command-ticket = Twoje zgłoszenia do pomocy technicznej
discord-command-desk = Biurko pomocy, dla pracowników
discord-message-open = Zgłoszenie z tej wiadomości
discord-ticket-open = Otwórz zgłoszenie
discord-ticket-list = Zobacz swoje zgłoszenia
discord-ticket-show = Zobacz jedno ze swoich zgłoszeń
discord-ticket-reply = Odpowiedz w jednym ze swoich zgłoszeń
discord-ticket-close = Zamknij jedno ze swoich zgłoszeń
discord-ticket-reopen = Otwórz ponownie jedno ze swoich zamkniętych zgłoszeń
discord-ticket-escalate = Poproś, żeby ktoś szybciej zajął się zgłoszeniem
discord-ticket-link = Pokaż nam, kim jesteś
discord-ticket-me = Zobacz, kim dla nas jesteś
discord-ticket-help = Zobacz, co możesz zrobić
discord-desk-claim = Weź zgłoszenie
discord-desk-assign = Przydziel komuś zgłoszenie
discord-desk-transfer = Przekaż zgłoszenie do innego działu
discord-desk-priority = Zmień pilność zgłoszenia
discord-desk-note = Napisz notatkę, którą widzą tylko pracownicy
discord-desk-wait = Czekaj na klienta
discord-desk-solve = Oznacz zgłoszenie jako rozwiązane
discord-desk-reopen = Otwórz zgłoszenie ponownie
discord-desk-close = Zamknij zgłoszenie
discord-desk-verify = Poproś klienta o potwierdzenie tożsamości
discord-desk-ticket = Zrób z rozmowy zgłoszenie
discord-desk-why = Zobacz, skąd wziął się każdy termin zgłoszenia
discord-desk-show = Zobacz zgłoszenie z notatkami
discord-desk-escalate = Przekaż zgłoszenie na poziom, który je rozwiąże; klient przeczyta powód
discord-desk-deescalate = Oddaj zgłoszenie na niższy poziom; klient przeczyta powód
discord-desk-duty = Zacznij lub zakończ dyżur albo wybierz, jak Cię wzywać
discord-desk-oncall = Zobacz, kto ma dyżur, zastąp kogoś, weź swój kalendarz
discord-desk-queue = Zobacz, co jest następne
discord-desk-board = Zobacz, co czeka w każdym zespole
discord-desk-report = Zobacz liczby z tygodnia
discord-desk-help = Zobacz, co potrafi biurko
discord-option-number = Numer zgłoszenia albo kilka słów z niego
discord-option-subject = Czego dotyczy, w kilku słowach
discord-option-service = Której z Twoich usług to dotyczy
discord-option-text = Co chcesz napisać
discord-option-code = Kod albo zarejestrowany adres e-mail
discord-option-person = Kto ma się tym zająć
discord-option-department = Dział
discord-option-priority = Priorytet
discord-option-level = Poziom; bez niego będzie to następny
discord-option-team = Zespół albo wszystkie; bez niego: co czeka na Ciebie
discord-option-set = Na przykład: tak, nie, pw wzmianka poczta, weź noc 8h, kalendarz
discord-option-week = Tydzień, np. 47 albo 2026-47; bez niego zeszły tydzień
discord-name-open = otwórz
discord-name-list = lista
discord-name-show = pokaż
discord-name-reply = odpowiedz
discord-name-close = zamknij
discord-name-reopen = wznów
discord-name-escalate = przyspiesz
discord-name-link = połącz
discord-name-me = ja
discord-name-verify = zweryfikuj
discord-name-ticket = zgłoszenie
discord-name-why = dlaczego
discord-name-code = kod
discord-name-status = status
discord-name-notify = powiadomienia
discord-name-contact = kontakt
discord-name-help = pomoc
discord-name-claim = weź
discord-name-assign = przydziel
discord-name-transfer = przekaż
discord-name-priority = priorytet
discord-name-note = notatka
discord-name-wait = czekaj
discord-name-solve = rozwiązane
discord-name-queue = kolejka
discord-name-deescalate = cofnij
discord-name-duty = dyżur
discord-name-oncall = dyżury
discord-name-level = poziom
discord-name-team = zespół
discord-name-set = ustaw
discord-name-board = tablica
discord-name-report = raport
discord-name-week = tydzień
discord-name-number = numer
discord-name-subject = temat
discord-name-service = usługa
discord-name-text = tekst
discord-name-person = osoba
discord-name-department = dział
form-files = Pliki
form-files-hint = Do 10 plików po 10 MB, jeśli pomogą nam zobaczyć, co się dzieje
discord-write = Napisz
discord-message-title = Wiadomość
discord-message-label = Twoja wiadomość
discord-reply-title = Odpowiedź w zgłoszeniu #{ $number }
discord-reply-label = Twoja odpowiedź
discord-note-title = Notatka
discord-note-label = Widzą ją tylko pracownicy

## The form in windows: two pages, corrections, the end

opened-title = Zgłoszenie #{ $number } przyjęte
form-needs-facts =
    { $count ->
        [2] Przy awarii krytycznej potrzebujemy jeszcze dwóch informacji: od kiedy i co już sprawdzono.
       *[other] Przy awarii krytycznej potrzebujemy jeszcze czterech informacji: który serwer, jaka usługa, od kiedy i co już sprawdzono.
    }
form-add-facts = Uzupełnij
form-not-accepted = Nie możemy jeszcze tego przyjąć. To, co już wpisano, nie przepadło.
form-correct = Popraw
draft-gone = Ten formularz jest już nieaktualny. Prosimy zacząć od nowa.
nothing-written = Ta wiadomość była pusta, więc nie została wysłana.
closed-by-you = Zgłoszenie **#{ $number }** jest zamknięte. Dziękujemy za kontakt.
reopened-by-you = Zgłoszenie **#{ $number }** jest znowu otwarte.
escalated-by-you = Dziękujemy, widzimy, że zgłoszenie **#{ $number }** nie może czekać. W rozmowie o nim podajemy, do kiedy odpowiemy.
replied-by-you = Mamy Twoją wiadomość do zgłoszenia **#{ $number }**.
show-from-us = Od nas
show-from-you = Od Ciebie

## Staff: tags (20 characters at most) and what a button did

desk-tag-open = otwarte
desk-tag-waiting = czeka
desk-tag-solved = rozwiązane
desk-tag-closed = zamknięte
desk-level = Poziom
desk-ladder = Wezwanie
desk-ladder-calling = 🔴 nikt nie odpowiedział, wzywamy wszystkich na dyżurze
desk-ladder-acknowledged = { $name } ma je w ręku do: { $until }
# Obietnice: ich nazwy i to, co widzi zespół
promise-acknowledgement = Nasze pierwsze słowa
promise-first-reply = Pierwsza odpowiedź do
promise-next-reply = Następna odpowiedź do
promise-update = Następna informacja do
promise-answer = Szybsza odpowiedź do
promise-resolution = Rozwiązanie do
promise-paused = czeka na klienta
promise-was-due = 🔴 miało być: { $when }
promise-at-risk = ⏳ { $what }: { $when }. Nikt tego jeszcze nie zrobił.
promise-missed = 🔴 Po terminie. { $what }: { $when }.
claimed-by-you = Zgłoszenie **#{ $number }** jest teraz Twoje.
done-wait = Zgłoszenie **#{ $number }** czeka teraz na klienta. Poprosiliśmy go o odpowiedź.
done-solve = Zgłoszenie **#{ $number }** oznaczone jako rozwiązane. Klient został powiadomiony.
done-close = Zgłoszenie **#{ $number }** jest zamknięte. Klient został powiadomiony.
done-reopen = Zgłoszenie **#{ $number }** jest znowu otwarte. Klient został powiadomiony.
done-assign = Zgłoszenie **#{ $number }** prowadzi teraz kto inny. Jest to zapisane w jego wątku.
done-transfer = Zgłoszenie **#{ $number }** jest teraz w innym dziale. Klient został powiadomiony.
done-priority = Zgłoszenie **#{ $number }** ma nowy priorytet. Klient został powiadomiony.
done-note = Notatka jest przy zgłoszeniu **#{ $number }**. Widzi ją tylko zespół.
desk-identity = Tożsamość
desk-trust-unknown = ⚠️ niezweryfikowana
desk-trust-linked = 🔗 połączona
desk-trust-fresh = ✅ zweryfikowana
desk-proof-awaited = prosiliśmy o potwierdzenie
button-verify = Poproś o potwierdzenie
button-ticket = Zrób z tego zgłoszenie
desk-proof-asked = { $by } prosi klienta o świeże potwierdzenie tożsamości.
desk-proved = ✅ Klient potwierdził, kim jest: { $contact }, { $account }. To zgłoszenie jest **zweryfikowane**.
desk-linked = 🔗 Klient jest teraz połączony: { $contact }, { $account }. Świeżego potwierdzenia dla tego zgłoszenia nie było.
done-verify = Klient ze zgłoszenia **#{ $number }** został poproszony o potwierdzenie. Gdy nadejdzie, będzie widać w poście.
done-ticket = Z rozmowy powstało zgłoszenie **#{ $number }**. Klient jest proszony o brakujące dane.
desk-made-ticket = 🎫 { $by }: z tej rozmowy powstało zgłoszenie. Klient jest proszony o brakujące dane.
desk-made-ticket-self = 🎫 Klient nie chciał czekać i zrobił z tej rozmowy zgłoszenie.
desk-details-given = ℹ️ Klient uzupełnił dane: są na karcie powyżej.
desk-by-mail = 📧 Klient podał adres: odpowiedzi, których nie zobaczy, idą też tam.
desk-by-mail-unproved = { desk-by-mail } ⚠️ Nikt nie potwierdził, że to adres klienta: kto ma tę skrzynkę, czyta te odpowiedzi, a to, co z niej przyjdzie, stoi w tym zgłoszeniu jako słowa klienta.
desk-goes-on = ➡️ Klient pisze dalej w: { $platform }.
done-escalate = Zgłoszenie **#{ $number }** jest na wyższym poziomie, a klient o tym wie.
done-deescalate = Zgłoszenie **#{ $number }** jest na niższym poziomie, a klient o tym wie.
proof-asked-already = Klient został już poproszony o potwierdzenie. Gdy nadejdzie, będzie widać w poście.
no-contacts = Biurko nie zna jeszcze żadnych kont, więc nikt nie może potwierdzić, kim jest. Najpierw trzeba je zaimportować.

## Staff: commands

desk-help =
    Polecenia zespołu. W wątku zgłoszenia numer można pominąć.

    - `{ $command } queue` – co jest teraz do zrobienia; `queue wszystkie` – dla wszystkich; z nazwą zespołu – dla niego
    - `/notice` – zawiadom klientów o pracach, zmianach i awariach
    - `{ $command } board` – co czeka w każdym zespole
    - `{ $command } report 47` – liczby z tygodnia; bez numeru: z zeszłego
    - `{ $command } show 12` – zobaczyć zgłoszenie 12 z notatkami
    - `{ $command } claim 12` – przejąć zgłoszenie 12
    - `{ $command } assign 12` i osoba – przekazać je komuś
    - `{ $command } transfer 12` i dział – przekazać je do działu
    - `{ $command } priority 12` i priorytet – zmienić, jak pilne jest
    - `{ $command } note 12 tekst` – notatka tylko dla zespołu
    - `{ $command } verify 12` – poprosić klienta o potwierdzenie tożsamości
    - `{ $command } ticket 12` – zrobić z rozmowy zgłoszenie
    - `{ $command } dlaczego 12` – zobaczyć, skąd wziął się każdy termin
    - `{ $command } escalate 12 powód` – przekazać je na wyższy poziom; z poziomem przed powodem – na ten poziom. Powód czyta klient.
    - `{ $command } deescalate 12 powód` – oddać je na niższy poziom. Ten powód też przeczyta klient.
    - `{ $command } duty on`, `duty off`, `duty pw wzmianka poczta` – zacząć lub zakończyć dyżur, wybrać sposób wzywania
    - `{ $command } oncall` – kto ma dyżur; `oncall take noc 8h` – zastąpić kogoś; `oncall feed` – swój kalendarz
    - `{ $command } wait 12`, `solve 12`, `reopen 12`, `close 12` – zmienić jego stan
desk-queue-empty = Nic teraz nie czeka. Dobra robota.
desk-queue-heading = Teraz do zrobienia:
desk-queue-line = { $number } { $subject } – { $department } – { $due } – { $whose }
desk-queue-due = { $what }: { $when }
desk-queue-late = po terminie · { $what }: { $when }
desk-queue-since = ostatnia zmiana: { $when }
desk-queue-mine = Twoje
desk-queue-free = wolne
desk-queue-taken = ma je { $name }
desk-queue-all = Wszystkie zespoły
desk-queue-heading-all = Do zrobienia, niezależnie od tego, kto je ma:
desk-queue-none = Nie ma tu żadnego otwartego zgłoszenia.
duty-on = Masz dyżur.
duty-off = Nie masz dyżuru.
duty-ways = Gdy trzeba Cię wezwać: { $ways }.
duty-no-way = Nie ma jak Cię wezwać. Prosimy wybrać sposób, który tu działa: `pw`, `wzmianka` albo `poczta`.
duty-way-dm = wiadomość w { $platform }
duty-way-mention = wzmianka na biurku w { $platform }
duty-way-mail = e-mail
oncall-heading = Kto ma teraz dyżur:
oncall-turn = **{ $name }**: { $who }
oncall-turn-until = **{ $name }**: { $who }, do: { $until }, potem { $then }
oncall-nobody = nikt
oncall-level = **{ $name }**: { $people }
oncall-level-closed = **{ $name }**: teraz nieczynne
oncall-level-empty = **{ $name }**: nikt nie ma dyżuru
oncall-level-unreachable = **{ $name }**: z nikim nie ma kontaktu
oncall-taken = Zastępstwo na dyżurze **{ $rotation }**: { $name }, od: { $from }, do: { $to }.
oncall-dropped = Nie masz już zastępstwa na dyżurze **{ $rotation }**.
feed-made = Twój kalendarz, tylko dla Ciebie: { $link } Wcześniejszy link już nie działa.
feed-title = Dyżury – { $desk }
page-one = 📟 Zgłoszenie **#{ $number }** Cię potrzebuje: { $subject }. { $why } { $link }
page-one-subject = Zgłoszenie #{ $number } Cię potrzebuje
page-one-mail =
    Zgłoszenie **#{ $number }** Cię potrzebuje: { $subject }. { $why } { $link }

    Bierzesz je: { $ack }

    Nie możesz: { $pass }
page-many = 📟 Potrzebują Cię zgłoszenia, razem **{ $count }**: { $list }. `/desk queue` pokazuje, co jest pierwsze.
page-many-subject = Potrzebują Cię zgłoszenia: { $count }
page-many-mail =
    Potrzebują Cię zgłoszenia, razem **{ $count }**: { $list }.

    Bierzesz je: { $all }
page-why-opened = Jest pilne i nikt jeszcze nie odpowiedział.
page-why-share = Kończy się czas, który obiecaliśmy.
page-why-missed = Odpowiedź jest spóźniona.
page-why-moved = Przekazano je na Twój poziom.
page-why-asked = Klient prosi o szybszą odpowiedź.
page-why-again = Było u Ciebie, a klient nadal nie ma odpowiedzi.
page-why-all = Nikt nie odpowiedział, więc wzywamy wszystkich na dyżurze.
button-acknowledge = Biorę to
button-acknowledge-all = Biorę wszystkie
button-pass-on = Nie mogę
page-acknowledged-by-you = Zgłoszenie **#{ $number }** jest u Ciebie. Prosimy odpowiedzieć klientowi do: **{ $until }**.
page-passed-by-you = Zgłoszenie **#{ $number }** idzie dalej.
page-all-by-you = U Ciebie: { $count }. Prosimy odpowiedzieć do: **{ $until }**.
page-all-by-you-more = U Ciebie: { $count }. Prosimy odpowiedzieć do: **{ $until }**. Jest ich więcej: kolejne naciśnięcie bierze następne.
page-link-ack-title = Wziąć to zgłoszenie
page-link-ack-text = Nikogo innego nie wzywamy, dopóki masz czas na odpowiedź.
page-link-ack-button = Biorę to
page-link-pass-title = Oddać to zgłoszenie
page-link-pass-text = Od razu wzywamy następną osobę.
page-link-pass-button = Nie mogę
page-link-all-title = Wziąć te zgłoszenia
page-link-all-text = Nikogo innego nie wzywamy, dopóki masz czas na odpowiedź.
page-link-all-button = Biorę je
desk-queue-more = I jeszcze { $count }.
desk-queue-elsewhere = W innych zespołach, wolne: { $count }. Pokazuje je `/desk queue all`.

## Staff: the board and the report of a week

no-such-week = „{ $text }” to nie jest tydzień, który już się zaczął. Napisz na przykład 47 albo 2026-47; bez numeru: zeszły tydzień.
report-mark = Tydzień { $number }/{ $year }
report-opened = Otwarte: **{ $opened }** (krytyczne: { $critical }) · Zamknięte: **{ $closed }**
report-replies = Pierwsza odpowiedź: połowa w ciągu **{ $p50 }**, 90 % w ciągu **{ $p90 }**, 95 % w ciągu **{ $p95 }**.
report-unanswered = Jeszcze bez pierwszej odpowiedzi: **{ $count }**
report-kept = Obietnice dotrzymane: **{ $share }** ({ $met } z { $all }).
report-nothing-due = Żadna obietnica nie miała terminu.
report-replies-title = Pierwsza odpowiedź
report-replies-line = { $department }: połowa { $p50 }, 90 % { $p90 }, 95 % { $p95 } (odpowiedzi: { $count })
report-half = połowa w ciągu
report-of-hundred = { $count } % w ciągu
report-kept-title = Obietnice dotrzymane
report-kept-line = { $department }: { $share } ({ $met } z { $all })
report-met = dotrzymane
report-missed = niedotrzymane
report-hours-title = Najbardziej pracowite godziny
report-hours-note = { $days } · wiadomości klientów
report-hours-line = { $day } { $from }–{ $to } (wiadomości: { $count })
report-longest-title = Najdłuższe oczekiwanie
report-longest-line = { $number }: { $wait }
report-longest-still = { $number }: { $wait }, nadal czeka
report-pictures =
    { $count ->
        [one] Obrazek przyjdzie do Twojej rozmowy ze mną.
        [few] Obrazki przyjdą do Twojej rozmowy ze mną.
       *[other] Obrazki przyjdą do Twojej rozmowy ze mną.
    }
report-pictures-first =
    { $count ->
        [one] Jest też obrazek, ale tutaj wolno mi pisać tylko do tych, którzy pierwsi do mnie napisali. Otwórz własną rozmowę ze mną, naciśnij *Start* i zapytaj jeszcze raz.
        [few] Są też obrazki, ale tutaj wolno mi pisać tylko do tych, którzy pierwsi do mnie napisali. Otwórz własną rozmowę ze mną, naciśnij *Start* i zapytaj jeszcze raz.
       *[other] Są też obrazki, ale tutaj wolno mi pisać tylko do tych, którzy pierwsi do mnie napisali. Otwórz własną rozmowę ze mną, naciśnij *Start* i zapytaj jeszcze raz.
    }
board-title = Tablica
board-line = **{ $team }**: otwarte { $open }
board-line-part = { $what } { $count }
board-line-missed = niedotrzymane dziś { $today }, w tym tygodniu { $week }
board-critical = 🔴 krytyczne
board-missed = Niedotrzymane obietnice dziś: **{ $today }**, w tym tygodniu: **{ $week }**.
board-late = po terminie
board-free = wolne
board-taken = przejęte
board-waiting = czekają na klienta
board-open = otwarte: { $count }

## Files

files-refused = Nie udało się przekazać: { $names } – { $reason }
file-reason-type = nie przyjmujemy plików tego typu. Można wysłać obraz, PDF albo plik tekstowy.
file-reason-size = plik jest większy niż { $max }.
file-reason-count =
    { $max ->
        [one] w jednej wiadomości może być { $max } plik. Prosimy wysłać pozostałe w kolejnej wiadomości.
        [few] w jednej wiadomości mogą być { $max } pliki. Prosimy wysłać pozostałe w kolejnej wiadomości.
       *[other] w jednej wiadomości może być { $max } plików. Prosimy wysłać pozostałe w kolejnej wiadomości.
    }
file-reason-empty = plik jest pusty.
file-reason-infected = skaner antywirusowy coś w nim znalazł.
file-reason-unscannable = skaner antywirusowy nie mógł go sprawdzić.
file-reason-lost = nie udało nam się go pobrać. Prosimy wysłać go jeszcze raz.
files-held =
    { $count ->
        [one] Skaner antywirusowy nie odpowiada. Czeka na niego { $count } plik, dojdzie później.
        [few] Skaner antywirusowy nie odpowiada. Czekają na niego { $count } pliki, dojdą później.
       *[other] Skaner antywirusowy nie odpowiada. Czeka na niego { $count } plików, dojdą później.
    }
files-to-download = Pliki do pobrania, do { $until }:
files-not-here-customer = Mamy dla Ciebie pliki, których nie da się tu wysłać: { $names }. Poproś nas o inny sposób.
files-not-here-desk = Te pliki są zachowane, ale nie da się ich tu pokazać: { $names }.
files-not-passed = Klient nie dostał: { $names }. Plików nie da się tam wysłać, a system nie ma publicznego adresu dla linku.
wizard-files =
    { $count ->
        [one] Z Twoim zgłoszeniem pójdzie { $count } plik.
        [few] Z Twoim zgłoszeniem pójdą { $count } pliki.
       *[other] Z Twoim zgłoszeniem pójdzie { $count } plików.
    }

## A person's own page

home-title = Twoje zgłoszenia: { $desk }
home-intro = Zgłoszenie możesz tu otworzyć o każdej porze. Każde ma własną rozmowę, w której odpowiadamy.
home-opened = Otwarte: { $when }.
home-answer-by = Odpowiemy najpóźniej: { $by }.
home-waiting = Czekamy na Twoją odpowiedź.

## Dokąd pisać: kopie, powiadomienia, `/ticket notify`

copy-answer-here = *Aby odpowiedzieć, proszę napisać* `{ $command } { $number }` *i treść odpowiedzi.*
copy-answer-there = *To jest kopia: poczty na ten adres nikt nie czyta. Prosimy odpowiedzieć w rozmowie o zgłoszeniu #{ $number } na platformie { $platform }.*
copy-answer-at = *To jest kopia: poczty na ten adres nikt nie czyta. Prosimy odpowiedzieć w rozmowie o zgłoszeniu #{ $number } na platformie { $platform }:* { $link }
copy-waiting = Potrzebujemy odpowiedzi, by kontynuować zgłoszenie **#{ $number }**. Prosimy odpowiedzieć w jego rozmowie.
copy-solved = Uważamy zgłoszenie **#{ $number }** za rozwiązane. Jeśli tak nie jest, prosimy napisać w jego rozmowie, a zajmiemy się nim dalej.
copy-closed = Zgłoszenie **#{ $number }** jest zamknięte. Dziękujemy za kontakt.
desk-copies = Kopie
desk-copies-elsewhere = Przyjęło ją inne miejsce klienta.
desk-copies-nowhere = Żadne inne miejsce jej nie przyjęło.
desk-copy-failed = Kopii dla klienta nie udało się nigdzie dostarczyć: szczegóły w wierszu „Kopie” na karcie.

notify-plain-subject = { $subject }
notify-plain = { $text }
notify-invoice-issued-subject = Faktura { $invoice }
notify-invoice-issued = Wystawiliśmy fakturę **{ $invoice }** na kwotę { $amount }. Prosimy o zapłatę do { $due }.
notify-invoice-overdue-subject = Faktura { $invoice } jest po terminie
notify-invoice-overdue = Termin zapłaty faktury **{ $invoice }** na kwotę { $amount } minął { $due }, a wpłaty jeszcze nie ma. Jeśli została już wysłana, dziękujemy: nic więcej nie trzeba robić.
notify-order-received-subject = Zamówienie { $order }
notify-order-received = Mamy zamówienie **{ $order }**: { $service }. Damy znać, gdy tylko będzie gotowe.
notify-abuse-report-subject = Zgłoszenie nadużycia: { $service }
notify-abuse-report = Otrzymaliśmy informację o nadużyciu z **{ $service }**: { $report } Prosimy to sprawdzić i do { $due } napisać nam, co zostało zrobione.

mail-confirm-subject = Potwierdzenie adresu dla { $desk }: { $code }
mail-confirm = Ktoś poprosił { $desk } o wysyłanie powiadomień na ten adres. Jeśli to Ty, oto kod: **{ $code }**. Działa raz, przez 24 godziny. Jeśli nie, nic nie trzeba robić: nic więcej nie przyjdzie.
mail-confirm-link-subject = Potwierdzenie adresu dla { $desk }
mail-confirm-link =
    Ktoś poprosił { $desk } o wysyłanie powiadomień na ten adres. Jeśli to Ty, potwierdź go tutaj: { $link }

    Można też podać kod tam, gdzie padła prośba: **{ $code }**. Działa raz, przez 24 godziny. Jeśli to nie Ty, nic nie trzeba robić: nic więcej nie przyjdzie.
page-broken-title = Ten odnośnik nie działa
page-broken-text = Mógł już zostać użyty, wygasnąć albo zostać ucięty. W czacie z { $desk } polecenie /ticket notify pokazuje, dokąd trafiają powiadomienia, i tworzy nowy odnośnik.
page-confirm-title = Potwierdzenie adresu
page-confirm-text = Czy { $desk } ma wysyłać powiadomienia na { $address }?
page-confirm-button = Tak, potwierdzam
page-confirm-done-title = Adres potwierdzony
page-confirm-done-text = Od teraz { $desk } wysyła powiadomienia na { $address }.
page-unsubscribe-title = Rezygnacja z ogłoszeń
page-unsubscribe-text = { $desk } wysyła ogłoszenia na { $address }. Czy mają przestać przychodzić? Faktury, odpowiedzi w zgłoszeniach i zgłoszenia nadużyć nadal będą przychodzić.
page-unsubscribe-button = Rezygnuję z ogłoszeń
page-unsubscribe-done-title = Ogłoszenia wstrzymane
page-unsubscribe-done-text = { $desk } nie wysyła już ogłoszeń na { $address }.

notify-not-linked = Nie wiemy jeszcze, czyim jesteś kontaktem. Najpierw połącz się w panelu klienta, a potem tutaj powiesz nam, dokąd mamy pisać.
notify-no-such = Tego miejsca nie ma już na liście. Nic się nie zmieniło.
notify-last = To jedyne miejsce na te wiadomości, a one muszą gdzieś docierać. Najpierw dodaj inne.
notify-too-many = Jest już tyle miejsc: { $max }. Najpierw usuń któreś.
notify-too-often = Poproszono o zbyt wiele kodów. Prosimy spróbować później.
notify-no-mail = Biuro nie wysyła teraz poczty, więc adresu nie da się potwierdzić. Prosimy zapytać nas w zgłoszeniu.
duty-how = Prosimy napisać `tak`, `nie` albo sposoby wzywania w kolejności: `pw`, `wzmianka`, `poczta`.
oncall-how = Prosimy napisać `weź NAZWA 8h`, żeby zastąpić kogoś od teraz, `weź NAZWA 2026-12-24 18:00 12h` na później, `oddaj NAZWA`, żeby to cofnąć, albo `kalendarz`. Najwyżej 92 dni. Nazwy: { $choices }.
oncall-too-many = Na tym dyżurze jest już za dużo zastępstw. Prosimy najpierw jakieś oddać.
no-such-person = W ustawieniach biurka nie ma osoby { $name }. Nic się nie zmieniło.
feed-no-address = Biurko nie ma publicznego adresu, więc nie ma linku do kalendarza. Prosimy osobę, która je prowadzi, o ustawienie PUBLIC_URL.
no-such-team = W ustawieniach biurka nie ma zespołu „{ $text }”. Można podać jeden z tych: { $choices }.
no-levels = W ustawieniach biurka nie ma poziomów, więc zgłoszenia nie można między nimi przenieść.
level-top = Zgłoszenie **#{ $number }** jest już na najwyższym dla niego poziomie. Można podać inny poziom: { $choices }.
level-bottom = Zgłoszenie **#{ $number }** jest już na najniższym poziomie.
escalate-why = Prosimy napisać też, dlaczego. Klient to przeczyta.
page-not-yours = To wezwanie nie jest już do Ciebie. Nie ma czego przekazywać dalej.
page-over = To wezwanie już się skończyło: na zgłoszenie odpowiedziano albo wezwano kogoś innego.
notify-heading = Dokąd piszemy i o czym, od pierwszego wyboru. Jeśli gdzieś nie da się dotrzeć, próbujemy następnego miejsca.
notify-line = **{ $type }**: { $places }
notify-line-none = **{ $type }**: nigdzie
notify-type-invoices = Faktury i zamówienia
notify-type-technical = Pomoc techniczna
notify-type-abuse = Zgłoszenia nadużyć
notify-type-announcements = Ogłoszenia
notify-type-maintenance = Planowane prace i zmiany
notify-type-outages = Awarie
notify-type-heading = **{ $type }** – piszemy tutaj, od pierwszego wyboru:
notify-type-none = **{ $type }** – nigdzie ich nie wysyłamy.
notify-chat = { $platform }: { $name }
notify-state-unconfirmed = jeszcze niepotwierdzony
notify-state-unlinked = już nie Twój
notify-state-gone = nie można dotrzeć
notify-state-off = wyłączone
notify-hours = Cisza od **{ $from }** do **{ $to }** ({ $zone }): wtedy przychodzi tylko to, co pilne. Język: { $language }.
notify-hours-none = Bez godzin ciszy (strefa { $zone }). Język: { $language }.
notify-language-en = English
notify-language-pl = Polski
notify-is-first = Teraz najpierw: { $name }.
notify-dropped = Usunięto: { $name }.
notify-calendar =
    Planowane prace, które dotyczą Twoich usług, do Twojego kalendarza: { $link }

    Dodaj go tam jako subskrypcję, po adresie. Kto ma ten adres, widzi to, co Ty. Wcześniejszy adres już nie działa.
notify-invites = Kalendarze w mailach o pracach planowych są teraz zaproszeniami: Twój program zaproponuje ich dodanie.
notify-files = Kalendarze w mailach o pracach planowych są znów plikami, do otwarcia, kiedy chcesz.
notify-calendar-dropped = Kalendarz nie ma już adresu.
calendar-title = Planowane prace – { $desk }
notify-saved = Zapisano.
notify-code-sent = Wysłaliśmy kod na { $name }. Działa przez 24 godziny. Dopóki go nie podasz, nic innego tam nie wyślemy.
notify-confirmed = Adres { $name } jest potwierdzony: od teraz z niego korzystamy.
notify-ask-add = Jaki adres e-mail? Prosimy wysłać go w wiadomości.
notify-ask-code = Prosimy wysłać w wiadomości kod z e-maila.
notify-ask-hours = Kiedy ma być cicho? Prosimy wybrać albo wysłać dwie godziny, na przykład 22:00-7:00. Można też wysłać strefę, na przykład Europe/Warsaw.
notify-form-add = Nowy adres e-mail
notify-form-code = Potwierdzenie adresu
notify-form-hours = Godziny ciszy i język
notify-field-address = Adres e-mail
notify-field-address-hint = Najpierw wyślemy tam kod, by mieć pewność, że jest Twój
notify-field-code = Kod z e-maila
notify-field-code-hint = 16 liter i cyfr
notify-field-from = Cisza od
notify-field-from-hint = Na przykład 22:00. Oba pola puste: bez godzin ciszy
notify-field-to = Cisza do
notify-field-to-hint = Na przykład 7:00. To, co pilne, przyjdzie i tak
notify-field-zone = Strefa czasowa
notify-field-zone-hint = Na przykład Europe/Warsaw. Puste: jak na koncie
notify-field-language = Język
notify-field-language-hint = W którym piszemy
notify-fault-address = To nie jest adres e-mail. Wygląda on tak: jan@example.com.
notify-fault-code = Ten kod nie działa. Mógł zostać użyty, mieć ponad dobę lub zawierać literówkę. Po pięciu błędnych trzeba odczekać dziesięć minut.
notify-fault-time = Prosimy podać dwie różne godziny, na przykład 22:00 i 7:00.
notify-fault-zone = Nie znamy tej strefy czasowej. Prosimy podać nazwę, na przykład Europe/Warsaw.
button-notify-calendar = Kalendarz planowanych prac
button-notify-invites = Kalendarze w mailach jako zaproszenia
button-notify-files = Kalendarze w mailach jako pliki
button-notify-calendar-off = Wyłącz ten kalendarz
button-notify-hours = Godziny ciszy, język
button-notify-code = Podaj kod
button-notify-add = Dodaj adres e-mail
button-notify-back = Wróć do wszystkich
button-notify-no-quiet = Bez godzin ciszy
button-notify-first = Najpierw: { $name }
button-notify-drop = Usuń: { $name }
button-notify-use = Wybierz { $name }
discord-ticket-status = Zobacz, co Cię dotyczy teraz i wkrótce
discord-ticket-notify = Powiedz, dokąd mamy pisać i o czym
discord-ticket-contact = Zobacz, jak się z nami skontaktować i jak szybko odpowiadamy
telegram-command-status = Zobacz, co Cię dotyczy teraz i wkrótce
telegram-command-notify = Powiedz, dokąd mamy pisać i o czym
telegram-command-contact = Zobacz, jak się z nami skontaktować i jak szybko odpowiadamy

## Skąd wziął się termin obietnicy (`/desk why`)

why-heading = Zgłoszenie **#{ $number }**: skąd wziął się każdy termin
why-nothing = W zgłoszeniu **#{ $number }** nic teraz nie jest obiecane.
why-promise = **{ $what }**: { $when } ({ $state })
why-paused-for-now = jeszcze bez terminu
why-state-running = biegnie
why-state-paused = stoi, zgłoszenie czeka na klienta
why-state-met = dotrzymane { $when }
why-state-missed = niedotrzymane
why-state-void = już nieobiecane
why-rule = { $given } od { $from }, w godzinach „{ $calendar }” ({ $zone })
why-rule-always = { $given } od { $from }, przez całą dobę
why-told = klientowi podano { $given }
why-open = { $length }: { $span }
why-paused = nieliczone: { $span }, czekało na klienta
why-part = nieliczone: { $span }, było częścią awarii
why-part-since = nieliczone: od { $from }, jest częścią awarii
why-paused-since = nieliczone: od { $from }, czeka na klienta
why-day-off = pominięte: { $day }, dzień wolny
why-day-off-named = pominięte: { $day }, { $name }
why-more = … i jeszcze { $count }
why-change-anew = { $when }: { $reason }. Liczone od nowa od tej chwili, bo tak wypada wcześniej.
why-change-from-start = { $when }: { $reason }. Liczone od początku, bo tak jest więcej czasu.
why-change-kept = { $when }: { $reason }. Zostaje to, co obiecano wcześniej, bo wypada wcześniej.
why-reason-transferred = inny dział
why-reason-prioritised = inny priorytet
why-reason-proved = wiadomo już, czyje to konto
why-reason-made-ticket = z rozmowy powstało zgłoszenie
why-reason-terms-changed = zmieniły się zasady

## Powiadomienia: planowane prace, zmiany i awarie

notice-kind-maintenance = Planowane prace
notice-kind-change = Zmiana
notice-kind-outage = Awaria
notice-stage-announce = zapowiedź
notice-stage-finish = koniec
notice-stage-update = aktualizacja
notice-stage-reschedule = nowy termin
notice-stage-cancel = odwołanie
notice-stage-resolve = zakończenie
notice-stage-resolved = usunięcie awarii
notice-stage-withdrawn = już bez wpływu na Twoje usługi
notice-stage-reminder = przypomnienie
notice-stage-start = początek
notice-lead-tentative = Termin nie jest jeszcze ostateczny. Napiszemy ponownie, gdy będzie.
notice-lead-moved = Termin się zmienił. Poprzedni: { $old }.
notice-lead-cancelled = To się nie odbędzie.
notice-lead-cancelled-was = To się nie odbędzie. Planowany termin: { $old }.
notice-lead-done = Gotowe.
notice-lead-started = Właśnie się zaczyna.
notice-lead-reminder = Czas do rozpoczęcia: { $in }.
notice-lead-withdrawn = To nie dotyczy już żadnej z Twoich usług. Nie trzeba nic robić i nie będziemy już o tym pisać.
notice-state-investigating = Coś nie działa, szukamy przyczyny.
notice-state-identified = Znamy przyczynę i pracujemy nad naprawą.
notice-state-watching = Znów działa. Jeszcze przez pewien czas to obserwujemy.
notice-state-resolved = Awaria usunięta.
notice-state-cancelled = To była nasza pomyłka: wszystko działa.
notice-now = **Najnowsze, { $at }:**
notice-now-more = Więcej o tym poniżej.
notice-when = **Kiedy**: { $when }
notice-from = **Od**: { $when }
notice-clocks = Wcześniej, { $day }, zmienia się czas: z { $before } na { $after }.
notice-clocks-within = W trakcie, { $day }, zmienia się czas: z { $before } na { $after }.
notice-impact = **Czego się spodziewać**: { $impact }
notice-impact-none = niczego zauważalnego
notice-impact-reduced = mniejsza redundancja, wszystko działa
notice-impact-degraded = wolniejsze działanie lub krótkie przerwy
notice-impact-outage = brak dostępu
notice-concerns = **Dotyczy**: { $services }
notice-concerns-more = **Dotyczy**: { $services } i jeszcze { $count }
notice-silent-title = N-{ $number }: od { $time } nic nowego
notice-silent = Od { $time } nie napisano nic nowego o **N-{ $number }: { $title }**. { $tickets ->
    [0] Klienci czekają na wiadomość
    [one] Klienci czekają na wiadomość, jeden z nich ze zgłoszeniem
    [few] Klienci czekają na wiadomość, z { $tickets } zgłoszeniami
   *[other] Klienci czekają na wiadomość, z { $tickets } zgłoszeniami
  }: /notice update { $number }
notice-missed-title =
    { $count ->
        [one] Nie dotarło do { $count } kontaktu
       *[other] Nie dotarło do { $count } kontaktów
    }
notice-missed-head = **N-{ $number }: { $title }** nie dotarło do wszystkich. Proszę zawiadomić ich inaczej.
notice-missed-more = I jeszcze { $count }: wymienia ich tablica powiadomienia.
notice-why-nobody = konto nie ma żadnego kontaktu.
notice-why-nowhere = nie ma miejsca, do którego można by napisać.
notice-why-all-failed = nie udało się dotrzeć. Próbowano:
notice-why-unknown = być może nie dotarło. Próbowano:
notice-fault-no-title = Brakuje tytułu, po angielsku lub po polsku.
notice-fault-no-text = Brakuje tekstu, po angielsku lub po polsku.
notice-fault-no-objects = Podaj, czego to dotyczy: lokalizacji, szafy, sieci, produktu, zamówienia, usługi, konta albo wszystkich.
notice-fault-object-value = To nie jest pełne: podaj lokalizację, szafę, sieć, produkt, numer zamówienia, usługę lub konto; „all” stoi samo.
notice-fault-object-network = To nie jest adres IP ani zakres. Napisz 203.0.113.7 albo 203.0.113.0/24.
notice-fault-object-nobody = Nikt nie ma nic takiego: { $value }. Sprawdź, jak jest to zapisane w kontach.
notice-fault-object-window = Nie ma takiego terminu. Liczymy je od 0.
notice-fault-object-no-window = Wszystkie terminy należą do pojedynczych kont. Dodaj termin dla tego.
notice-fault-no-window = Podaj, kiedy to się odbędzie.
notice-fault-one-window = Zmiana obowiązuje od jednej daty: podaj jeden termin.
notice-fault-window-backwards = Koniec jest przed początkiem.
notice-fault-window-past = To już przeszłość.
notice-fault-window-overlaps = Zaczyna się, zanim kończy się poprzedni.
notice-fault-move = Nie można tego zrobić z powiadomieniem w stanie { $state }.
notice-fault-state = Powiadomienie w stanie { $state } nie może tego zmienić.
notice-how = Na przykład `/notice maintenance`, `change` albo `outage` – nowe powiadomienie; `update 12`, `reschedule 12`, `cancel 12`, `resolve 12`, `show 12`, `preview 12`, `draft 12` – istniejące; albo `list`.
no-such-notice = Nie ma powiadomienia { $number }.
notice-no-template = Nie ma szablonu { $name } dla { $kind }. Są: { $names }.
notice-in-lines = Skopiuj to, uzupełnij i wyślij. Zobaczysz wszystko, zanim zobaczy to ktokolwiek inny.
notice-in-lines-again = Nic się nie zmieniło. Popraw i wyślij jeszcze raz:
notice-line-twice = „{ $name }” występuje dwa razy. Każdy kolejny wiersz tekstu wetnij dwiema spacjami, żeby nie był uznany za pole.
notice-line-title = tytuł
notice-line-text = tekst
notice-line-polish = polski
notice-line-about = dotyczy
notice-line-when = kiedy
notice-line-state = stan
notice-sent-already = N-{ $number } już wysłano. `/notice update { $number }` dodaje coś nowego.
notice-changed = **Ktoś to w międzyczasie zmienił. Tak wygląda teraz: obejrzyj i potwierdź ponownie.**
notice-typed = Nic nie zostało zmienione. Oto, co napisano:
notice-bundle = { $count ->
        [one] { $count } powiadomienie o Twoich usługach
        [few] { $count } powiadomienia o Twoich usługach
       *[other] { $count } powiadomień o Twoich usługach
    }
notice-sent = N-{ $number } jest w drodze. `/notice show { $number }` pokazuje, do kogo dotarło.
notice-sent-before = N-{ $number } już wysłano. `/notice show { $number }` pokazuje, do kogo dotarło.
notice-nothing-waits = W N-{ $number } nic nie czeka na wysłanie.
notice-waits = Coś jest przygotowane i jeszcze niewysłane: `/notice preview { $number }`.
notice-preview = **N-{ $number } – tak zostanie wysłane. Nic jeszcze nie wyszło.**
notice-preview-who = Kontakty: { $contacts }, konta: { $accounts }.
notice-preview-object = { $object }: usługi { $services }, konta { $accounts }
notice-preview-examples = Na przykład: { $examples }
notice-preview-called-off = **Dopiero nadejdą terminy: { $whose }.** Klienci przeczytają, że to już koniec, a te terminy znikną z ich kalendarzy.
notice-preview-everybody = wspólne
notice-preview-places = Dokąd: { $places }. Potrwa około { $long }.
notice-preview-nobody = Konta, w których nie ma kogo zawiadomić: { $count }.
button-notice-send = Wyślij
button-notice-edit = Zmień
notice-list-empty = Nie ma jeszcze powiadomień.
notice-list-line = **N-{ $number }** { $kind }: { $title } ({ $state })
notice-name-draft = szkic
notice-name-planned = planowane, termin nieostateczny
notice-name-confirmed = potwierdzone
notice-name-running = w toku
notice-name-extended = w toku, potrwa dłużej
notice-name-done = zakończone
notice-name-cancelled = odwołane
notice-name-investigating = szukamy przyczyny
notice-name-identified = przyczyna znana
notice-name-watching = naprawione, obserwujemy
notice-name-resolved = usunięte
notice-board-line = { $stage }: wysłane { $sent }, czeka { $planned }, wstrzymane na czas ciszy { $held }, w drodze { $sending }, nieudane { $failed }, niepewne { $unknown }, zastąpione nowszym { $superseded }
notice-board-missed = Nie dotarło do:
notice-form-announce = Zmiana szkicu
notice-form-update = Aktualizacja
notice-form-reschedule = Inny termin
notice-form-cancel = Odwołanie
notice-form-resolve = Zakończenie
notice-form-submit = Zobacz najpierw
notice-field-title = Tytuł
notice-field-title-hint = Po angielsku, jeden wiersz
notice-field-text = Tekst
notice-field-text-hint = Po angielsku; zwykły tekst, tak jak przeczytają go klienci
notice-field-polish = Po polsku
notice-field-polish-hint = Pierwszy wiersz to tytuł, dalej tekst; bez tego wszyscy dostaną angielski
notice-field-polish-text = Po polsku
notice-field-polish-text-hint = Bez tego wszyscy dostaną angielski
notice-field-about = Czego dotyczy
notice-field-about-hint = Po wierszu: WAW1 · WAW1/R12 · 192.0.2.0/24 = gorzej · #12345 · produkt vps · konto A-1 @2 · wszyscy
notice-field-when = Kiedy
notice-field-when-hint = Po wierszu: 2026-12-06 02:00 - 04:00. Dalsze wiersze: auto, wstępnie
notice-field-state = Jak jest teraz
notice-field-state-hint = Co o tym usłyszą klienci
notice-fault-about = Ten wiersz jest niejasny: { $line }. Napisz na przykład WAW1, WAW1/R12, 203.0.113.0/24 = gorzej albo #123456.
notice-fault-when-unreadable = Ten wiersz nie jest czasem: { $line }. Napisz 2026-12-06 02:00 - 04:00.
notice-fault-when-no-day = Brakuje dnia albo jest niejasny: { $line }. Napisz 2026-12-06 02:00 - 04:00.
notice-fault-when-gap = Takiej godziny nie ma: { $line }. Zegary przeskakują z { $first } na { $second }.
notice-fault-when-twice = Ta godzina jest dwa razy, bo zegary się cofają: { $line }. Napisz { $first } albo { $second }.
discord-command-notice = Zawiadom klientów o pracach, zmianach i awariach
discord-notice-maintenance = Zapowiedz planowane prace
discord-notice-change = Zapowiedz zmianę
discord-notice-outage = Zawiadom o awarii
discord-notice-draft = Zmień szkic, który nie wyszedł
discord-notice-preview = Zobacz, co zostałoby wysłane
discord-notice-update = Podaj coś nowego
discord-notice-reschedule = Podaj inny termin
discord-notice-cancel = Odwołaj
discord-notice-resolve = Powiedz, że to już koniec
discord-notice-list = Zobacz najnowsze powiadomienia
discord-notice-show = Zobacz, kogo zawiadomiono
discord-option-notice = Numer powiadomienia, na przykład 12
discord-name-notice = powiadomienie
discord-option-template = Szablon na początek, na przykład power
discord-name-template = szablon
discord-name-maintenance = prace
discord-name-change = zmiana
discord-name-outage = awaria
discord-name-draft = szkic
discord-name-preview = podgląd
discord-name-update = aktualizacja
discord-name-reschedule = przełóż
discord-name-cancel = odwołaj
discord-name-resolve = zakończ

## Publiczna strona stanu usług

status-title = Stan usług: { $desk }
status-all-operational = Wszystko działa
status-all-maintenance = Trwają planowane prace
status-all-degraded = Coś nie działa tak, jak powinno
status-all-outage = Coś jest niedostępne
status-is-operational = działa
status-is-maintenance = planowane prace
status-is-degraded = zakłócenia
status-is-outage = brak dostępu
status-last-known = Ostatni znany stan z chwili
status-last-known-why = Teraz nie możemy go sprawdzić i pokazujemy to, co było wiadomo wtedy.
status-unknown = Nie możemy teraz powiedzieć, jaki jest stan usług. Proszę spróbować za minutę.
status-now = Teraz
status-planned = Planowane
status-planned-none = Nic nie jest planowane.
status-components = Lokalizacje i usługi
status-history = Historia
status-history-none = W ciągu ostatnich { $days } dni nic się nie działo.
status-history-all = Wszystko z ostatnich { $days } dni
status-when = Kiedy
status-about = Czego dotyczy
status-everything = wszystkie usługi
status-about-one = { $what }: { $impact }
status-about-then = { $what }: { $impact } (termin { $windows })
status-announced = zapowiedziana
status-in-force = obowiązuje
status-time-over = termin minął
status-since = od
status-until = do
status-updates = Komunikaty, od najnowszego
status-earlier =
    { $count ->
        [one] Jeden wcześniejszy komunikat
        [few] { $count } wcześniejsze komunikaty
       *[other] { $count } wcześniejszych komunikatów
    }
status-calendar = Kalendarz
status-follow = Także w czytniku kanałów, kalendarzu lub programie:
status-languages = Język
status-zone = Podajemy czas strefy { $zone } i UTC.
status-back = Jak jest teraz
status-missing = Nie ma tu takiego powiadomienia.
mail-subscribe-subject = Czy wysyłać komunikaty o stanie usług { $desk }?
mail-subscribe = Na stronie stanu usług { $desk } ktoś poprosił o wysyłanie komunikatów na ten adres. Jeśli to Ty, potwierdź to w ciągu 24 godzin: { $link }

    Jeśli nie, nic nie trzeba robić: nic więcej nie przyjdzie.
mail-status-page = Dalszy ciąg: { $link }
mail-status-stop = Rezygnacja z tych wiadomości: { $link }
page-subscribe-title = Komunikaty o stanie usług pocztą
page-subscribe-text = Czy { $desk } ma pisać na { $address } o awariach, planowanych pracach i zmianach?
page-subscribe-button = Tak, proszę
page-subscribe-done-title = Subskrypcja działa
page-subscribe-done-text = { $desk } napisze na { $address }, gdy będzie o czym. W każdej wiadomości jest odnośnik, który to kończy.
page-leave-title = Rezygnacja z komunikatów
page-leave-text = Czy { $desk } ma już nie wysyłać komunikatów o stanie usług na { $address }? Wiadomości o Twoich własnych usługach nadal będą przychodzić.
page-leave-button = Rezygnuję
page-leave-done-title = Komunikaty wstrzymane
page-leave-done-text = { $desk } nie wysyła już komunikatów o stanie usług na { $address }.
status-subscribe = E-mailem
status-subscribe-label = Adres e-mail
status-subscribe-button = Subskrybuj
status-subscribe-hint = Najpierw wyślemy odnośnik do potwierdzenia. W każdej wiadomości jest odnośnik, który to kończy.
status-subscribe-sent = Prosimy zajrzeć do skrzynki. Jeśli możemy pisać na ten adres, wiadomość z odnośnikiem jest w drodze; nic innego nie przyjdzie, dopóki nie zostanie użyty.
status-subscribe-wrong = To nie jest adres e-mail. Prosimy wrócić i sprawdzić go jeszcze raz.

## Alarmy: co zgłasza monitoring. Pierwsze cztery czytają klienci i nie wymieniają niczego, co jest tylko dla obsługi.

alert-title = Zakłócenia w działaniu usług
alert-title-places = Zakłócenia w lokalizacji { $places }
alert-text = Nasz monitoring pokazuje, że coś nie działa tak, jak powinno. Sprawdzamy to i napiszemy tutaj, gdy tylko będziemy wiedzieć więcej.
alert-text-more = Problem może dotyczyć większej liczby usług, niż pisaliśmy na początku. Pracujemy nad tym.
alert-sheet-title = Monitoring zgłasza awarię
alert-sheet =
    Poniżej widać, co się zgłasza i co usłyszeliby klienci. Nic nie wyjdzie, dopóki ktoś nie naciśnie przycisku, chyba że zasady mówią inaczej o tym źródle.

    `/notice cancel { $number }`, jeśli to nie awaria; `/notice show { $number }` pokazuje, jak jest teraz.
alert-count = **Trwające alarmy: { $firing } z { $count }**
alert-line-firing = **{ $summary }** ({ $source }), od { $when }
alert-line-resolved = { $summary } ({ $source }), koniec { $when }
alert-more = i jeszcze { $count }
alert-truncated = Źródło pominęło jeszcze { $count }.
alert-state-elsewhere = **Dalej jako N-{ $number }.** O tym nikogo nie zawiadomiono.
alert-state-closed = **Zamknięte.** Nikt z klientów nie został zawiadomiony.
alert-state-resolved = **Koniec.** `/notice show { $number }` pokazuje, kogo zawiadomiono.
alert-state-published = **Klienci są zawiadomieni.** `/notice show { $number }` pokazuje, do kogo dotarło.
alert-state-touched = Ktoś zmienił szkic: alarmy już go nie zmieniają.
alert-state-auto = **Wyjdzie samo o { $at }**, zgodnie z zasadami, chyba że do tego czasu się skończy albo ktoś to zmieni.
alert-state-calm = **Nic się już nie zgłasza.** Nikt z klientów nie został zawiadomiony. Zamknie się o { $at }, jeśli tak zostanie.
alert-news-calm = Z N-{ $number } nic się już nie zgłasza, a nikt z klientów nie został zawiadomiony.
alert-news-again = N-{ $number } zgłasza się ponownie.
alert-news-resolve = **Z N-{ $number } nic się już nie zgłasza.** Zawiadomić klientów, że to koniec?
alert-news-more = **Z N-{ $number } zgłasza się więcej, niż wiedzą klienci.** Zawiadomić też o tym?
alert-news-published = N-{ $number } wyszło samo, zgodnie z zasadami.
alert-news-resolved = N-{ $number } się skończyło, klienci są zawiadomieni.
button-alert-update = Napisz coś nowego
alert-unplaced-title = Alarmy o niczym, co mają klienci
alert-unplaced = Tego, co wymieniają, nie ma w kontach, więc nie ma szkicu. W zasadach, w części `alerts`, można podać, która etykieta albo wartość co oznacza.
alert-unplaced-enough = Na dziś wystarczy: kolejnych tu nie wymieniamy.
work-title = Prace jednego z naszych dostawców
work-title-places = Prace jednego z naszych dostawców w lokalizacji { $places }
work-text = Jeden z naszych dostawców prowadzi planowane prace przy czymś, od czego zależą Twoje usługi.
work-text-final = Termin jest już ostateczny.
work-text-other = Dostawca podał dokładniej, czego dotyczą prace.
work-sheet-title = Dostawca zapowiada prace
work-sheet =
    Poniżej widać, co mówi dostawca i co usłyszeliby klienci. Nic nie wyjdzie, dopóki ktoś nie naciśnie przycisku. To, co dostawca zmieni, będzie tu przygotowane.

    `/notice cancel { $number }`, jeśli klienci nie muszą wiedzieć; `/notice show { $number }` pokazuje, jak jest teraz.
work-line = **{ $summary }** ({ $provider }, przez { $source }): { $when }, { $state }
work-state-tentative = termin nieostateczny
work-state-confirmed = potwierdzone
work-state-in-process = w toku
work-state-completed = zakończone
work-state-cancelled = odwołane
work-news = **Dostawca podał coś nowego o N-{ $number }:**
work-unplaced = Nie dotyczy to niczego, co mają klienci, więc nie ma szkicu. W zasadach, w części `alerts`, `values` mówi, który obiekt, konto lub dostawca co oznacza.
work-refused = Nie udało się zrobić szkicu: to już przeszłość albo zbyt odległy termin. Obejrzyj to i użyj `/notice maintenance`, jeśli klienci mają wiedzieć.
work-unplaced-over = Była prośba, by się temu przyjrzeć, bo nie ma szkicu: już nie trzeba, chyba że klienci zostali powiadomieni ręcznie.
work-unclear = Dostawca mówił wcześniej o tym co innego: { $before }. Ani `SEQUENCE`, ani `DTSTAMP` w jego kalendarzach nie mówi, co obowiązuje, więc nic nie zmieniono. Zapytaj dostawcę.
work-unclear-notice = To N-{ $number }: `/notice show { $number }`.
work-letter-none = **Poczta dostawcy { $source } bez kalendarza, który mówi o pracach: { $subject }**
    { $begins }
    Szkicu nie ma: użyj `/notice maintenance`, jeśli klienci mają wiedzieć. Całość: `npm run desk -- aside`.
work-letter-unread = **Poczta dostawcy { $source } z kalendarzem, którego nie da się odczytać: { $subject }**
    { $begins }
    Szkicu tego nie ma: użyj `/notice maintenance`, jeśli klienci mają wiedzieć. Całość: `npm run desk -- aside`.
work-letter-known = **Poczta dostawcy { $source } z kalendarzem, który nie mówi nic nowego: { $subject }**
    { $begins }
    Nic nie zmieniono: jeśli list coś zmienia, powiadomienie trzeba zmienić ręcznie. Całość: `npm run desk -- aside`.

## The ways to reach us: the page, the chats, the foot of mails

reach-title = Jak skontaktować się z { $desk }
reach-ways = Jak się z nami skontaktować
reach-people = Kto kiedy pracuje
reach-zone = Godziny według strefy { $zone }.
reach-ticket = Zgłoszenie
reach-chat = Czat na żywo
reach-mail = E-mail
reach-notices = Powiadomienia
reach-ticket-for = W każdej sprawie ({ $departments }). Awarie tylko tą drogą, abyśmy mieli pewność, że to Ty.
reach-chat-for = Na krótkie, ogólne pytania. Z czatu możemy zrobić zgłoszenie.
reach-mail-for = Gdy nic innego nie działa. W sprawach konta prosimy pisać ze swojego zarejestrowanego adresu.
reach-notices-for = Prace planowe, zmiany i awarie: to my piszemy do Ciebie.
reach-ticket-at = /ticket w: { $platforms }
reach-ticket-at-page = { $where } albo na { $page }
reach-chat-at = Czat w rogu naszej strony
reach-notices-at = Na Twoim czacie i pocztą, jak wybierzesz przez /ticket notify
reach-notices-when = Od razu i osobiście do Ciebie.
reach-ack = Automatycznie potwierdzamy w ciągu: { $time }.
reach-first = Człowiek odpowiada w ciągu: { $time }{ $hours }.
reach-first-latest = Człowiek odpowiada w ciągu: { $time }, najpóźniej: { $latest }{ $hours }.
reach-first-whose = { $whose }: { $words }
reach-hours-always = , przez całą dobę
reach-hours-open = { " godzin pracy" }
reach-measured = W ostatnich 30 dniach połowa odpowiedzi przyszła w ciągu: { $half }, dziewięć na dziesięć w ciągu: { $most } (łącznie { $count }).
reach-measured-none = W ostatnich 30 dniach nie było czego mierzyć.
reach-open-always = teraz czynne, przez całą dobę
reach-open-until = teraz czynne, do { $when }
reach-closed-until = teraz nieczynne, od { $when }
reach-closed-always = nieczynne
reach-label-purpose = W jakich sprawach
reach-label-where = Gdzie
reach-label-promised = Co obiecujemy
reach-label-measured = Jak było
reach-label-now = Teraz
reach-to-status = Stan naszych usług
reach-to-own = Twoje zgłoszenia i ustawienia
reach-page = To samo jako strona: { $link }

## How it went

rate-ask = Jak poszło ze zgłoszeniem **#{ $number }**? Wystarczy jedno naciśnięcie.
rate-ask-mail =
    Jak poszło ze zgłoszeniem **#{ $number }**? Wystarczy jedno kliknięcie.

    - Dobrze: { $good }
    - Średnio: { $fair }
    - Źle: { $bad }
rate-good = Dobrze
rate-fair = Średnio
rate-bad = Źle
button-rate-say = Dodaj kilka słów
rate-thanks = Dziękujemy. Czytamy każdą odpowiedź.
rate-thanks-words = Dziękujemy za te słowa. Przeczytają je osoby, które Ci pomagały.
rate-say-it = Co poszło dobrze, a co powinno być lepiej? Napisz to w następnej wiadomości; to komentarz do zgłoszenia **#{ $number }** i nie otwiera go ponownie.
rate-form-title = Jak poszło?
rate-title = Jak poszło?
rate-about = Zgłoszenie #{ $number }: { $subject }
rate-comment = Co poszło dobrze, a co powinno być lepiej?
rate-send = Wyślij
rate-not-finished = Zgłoszenie **#{ $number }** nie jest jeszcze zakończone. Gdy będzie, zapytamy, jak poszło.
rate-often = Mamy Twoją odpowiedź. Zmieniała się tyle razy, że zostawiamy ją tak, jak jest.
desk-rated = Klient mówi, jak poszło: **{ $answer }**.
desk-rated-words = Jak poszło ({ $answer }), słowami klienta
report-ratings-title = Jak poszło
report-ratings = Zapytano: { $asked }. Dobrze: { $good }, średnio: { $fair }, źle: { $bad }.
report-ratings-words = { $number } ({ $answer }): { $comment }

## The page of one's own (/me)

me-title = Twoja strona wsparcia
me-sign-in = Zaloguj się
me-sign-in-why = Twoje zgłoszenia, to, co Cię dotyczy, i dokąd o czym piszemy. Bez hasła: wysyłamy link, który działa raz.
me-sign-in-chat = Na połączonym z Tobą czacie polecenie /ticket me ma przycisk, który tu prowadzi.
me-address = Twój zarejestrowany adres e-mail
me-address-hint = Link działa przez 15 minut, raz i tylko w tej przeglądarce.
me-address-wrong = To nie jest adres e-mail. Sprawdź go, proszę.
me-send-link = Wyślij link
me-link-asked = Jeśli ten adres jest u nas zarejestrowany, link jest już w drodze. Otwórz go w tej przeglądarce w ciągu 15 minut. Jeśli nic nie przyjdzie, sprawdź adres i folder ze spamem albo poproś ponownie za kilka minut.
me-link-elsewhere = O ten link poproszono w innej przeglądarce i działa tylko w niej. Skopiuj go tam albo poproś o nowy tutaj.
me-link-gone = Ten link już nie działa: został użyty albo ma ponad 15 minut. Poproś tutaj o nowy.
me-link-whose = Zalogować jako { $contact } z { $account }?
me-token-whose = Zalogować jako { $contact } z { $account }?
me-token-wrong = To wejście już nie działa. Wróć do panelu klienta i spróbuj ponownie albo zaloguj się tutaj.
me-enter = Tak, zaloguj
me-sign-out = Wyloguj
me-bar-tickets = Zgłoszenia
me-bar-new = Nowe zgłoszenie
me-bar-notices = Co mnie dotyczy
me-bar-settings = Ustawienia
me-to-contact = Jak się z nami skontaktować
me-back = Wróć do zgłoszeń
me-missing = Tu niczego nie ma
me-new = Otwórz zgłoszenie
me-open = Otwórz zgłoszenie
me-optional = nieobowiązkowe
me-reshape = Pokaż pola dla tego wyboru
me-form-faults = Czegoś brakuje. Co poprawić, stoi przy polach; pliki trzeba wybrać ponownie.
me-form-forged = Nic nie zostało zrobione: ten formularz nie pochodził z otwartej tu strony albo od tego czasu nastąpiło nowe logowanie. Wczytaj stronę ponownie i spróbuj jeszcze raz.
me-form-large = Nic nie zostało wysłane: wiadomość lub pliki są za duże. Wyślij mniej naraz.
me-newer = Nowsze
me-older = Starsze
me-pages = Więcej zgłoszeń
me-from-colleague = otwarte przez inną osobę z konta
me-opened = Otwarte
me-due = Odezwiemy się do
me-said = Rozmowa
me-said-you = Ty
me-said-colleague = Inna osoba z konta
me-said-us = Wsparcie
me-edited = zmienione
me-earlier = Wcześniejsze wiadomości, których tu nie widać: { $count }
me-write = Twoja wiadomość
me-write-reopens = Wiadomość otworzy zgłoszenie ponownie.
me-too-late = To zgłoszenie zamknięto zbyt dawno, by je kontynuować.
me-send = Wyślij
me-close = Zamknij zgłoszenie
me-reopen = Otwórz ponownie
me-escalate = Poproś o szybszą odpowiedź
me-files = Pliki
me-files-hint = Najwięcej plików: { $count }, każdy do { $size }.
me-file-coming = sprawdzany
me-file-refused = nieprzyjęty
me-file-too-large = Nic nie zostało wysłane. Te pliki są za duże: { $names }
me-told-opened = Mamy Twoje zgłoszenie. Odezwiemy się tutaj i tam, gdzie chcesz być powiadamiany.
me-told-sent = Mamy Twoją wiadomość.
me-told-rated = Dziękujemy. Czytamy każdą odpowiedź.
me-told-saved = Zapisane.
me-saved = Zapisane.
me-save = Zapisz
me-places = Dokąd o czym piszemy
me-places-why = Najpierw próbujemy pierwszego miejsca na liście. Nowy adres dostaje kod i nic innego, dopóki go nie potwierdzisz.
me-prove-first = Aby zmienić, dokąd piszemy, wejdź tu z panelu klienta: tak wiemy, przez 15 minut, że to Ty.
me-prove-there = Do panelu klienta
me-nowhere = Donikąd.
me-add-place = Inne miejsce
me-add = Dodaj
me-first = Ustaw jako pierwsze
me-drop = Usuń
me-confirm = Potwierdź
me-hours = Cisza, strefa i język
me-oidc = Zaloguj się kontem klienta
me-oidc-away = Konto klienta jest chwilowo nieosiągalne. Spróbuj za minutę albo innym sposobem.
me-oidc-wrong = Nie udało się. Zacznij tutaj od nowa.
me-oidc-refused = Logowanie tam się nie odbyło. Możesz zacząć od nowa albo wybrać inny sposób.
me-calendar = Kalendarz prac planowych
me-calendar-why = Tajny adres dla Twojego programu kalendarza: prace planowe, które Cię dotyczą, zawsze aktualne.
me-calendar-make = Utwórz adres
me-calendar-anew = Utwórz nowy adres; stary przestanie działać
me-calendar-end = Wyłącz adres
me-invites-on = Maile o pracach planowych przynoszą je jako zaproszenie, które Twój program zaproponuje dodać.
me-invites-off = Maile o pracach planowych przynoszą je jako plik do kalendarza.
me-calendar-made = Oto jego adres. Widać go tylko teraz:
me-identities = Kim jesteś na naszych czatach
me-no-identities = Żaden czat nie jest z Tobą połączony.
me-link-how = Aby połączyć czat, utwórz dla niego kod lub link w panelu klienta i wyślij tam /ticket link.
me-unlink = Rozłącz
me-sessions = Aktywne sesje
me-browser-unknown = Przeglądarka, która się nie przedstawia
me-since = od
me-seen = ostatnio
me-this = ta przeglądarka
me-end = Zakończ
me-end-others = Zakończ wszystkie inne
me-how-chat = linkiem z czatu
me-how-mail = linkiem z poczty
me-how-client-area = z panelu klienta
button-me-page = Moja strona
me-page-link = Twoja strona: { $link } Działa przez 15 minut, raz. Kto ma ten link, jest Tobą: zachowaj go dla siebie.
me-page-often = Masz już wiele linków. Użyj najnowszego albo poproś ponownie za godzinę.
mail-sign-in-subject = Twój link do { $desk }
mail-sign-in = Oto Twój link do strony wsparcia { $desk }, dla { $account }: { $link }

    Działa przez 15 minut, raz i tylko w przeglądarce, w której o niego poproszono. Jeśli to nie Ty, nic nie rób.

## Czat na stronie

webchat-open = Otwórz czat
webchat-close = Zamknij czat
webchat-title = Czat
webchat-intro = Dzień dobry! W czym możemy pomóc?
webchat-write = Napisz wiadomość
webchat-send = Wyślij
webchat-attach = Dołącz pliki
webchat-sending = Wysyłanie…
webchat-delivered = Dostarczono
webchat-not-sent = Nie wysłano
webchat-files-left = Te pliki do nas nie dotarły. Prosimy dołączyć je jeszcze raz albo przysłać inaczej:
webchat-retry = Wyślij ponownie
webchat-offline = Brak połączenia. Wiadomości zostaną zachowane i wysłane, gdy tylko wróci.
webchat-later = Chwileczkę, wiadomość zostanie wysłana za kilka sekund.
webchat-you = Ty
webchat-auto = automatycznie
webchat-gone = Ta wiadomość została wycofana.
webchat-new = nowe wiadomości
webchat-too-large = Ten plik jest za duży.
webchat-too-many = To za dużo plików na jedną wiadomość.
webchat-too-long = To za długo na jedną wiadomość. Prosimy wysłać w częściach albo jako plik.
webchat-working = Pisze do nas bardzo wiele osób. Przeglądarka potrzebuje chwili.
webchat-writing = Zespół pisze…
webchat-expired = Sesja na tej stronie wygasła. Aby kontynuować, prosimy zalogować się ponownie.
webchat-drop-here = Upuść pliki tutaj
webchat-remove = Usuń
webchat-optional = opcjonalnie
webchat-promise-now = Zwykle odpowiadamy od razu
webchat-promise-within = Zwykle odpowiadamy w ciągu: { $time }
webchat-promise-none = Odpowiadamy tutaj
# Staff read this in place of a name that nobody knows.
webchat-visitor = Gość { $sign }

# Poczta, która przychodzi
letter-opened =
    Twoja wiadomość to u nas zgłoszenie **#{ $number }**: { $subject }
    Odpowiemy do **{ $by }**. Możesz coś dodać: po prostu odpowiedz na tę wiadomość.

    { $more }
letter-missing = Żeby pomóc szybciej, potrzebujemy tych danych. Po prostu odpowiedz na tę wiadomość i podaj:
letter-prove =
    Na pytania ogólne odpowiadamy od razu. W sprawach konta musimy mieć pewność, że to Ty. { letter-how }
letter-how = Napisz z adresu e-mail zapisanego przy koncie albo utwórz kod w panelu klienta i podaj go tam, gdzie z nami rozmawiasz: `/ticket link` na Slacku, `/zgłoszenie połącz` na Discordzie (po angielsku `/ticket link`), `/link KOD` w Telegramie.
letter-how-fresh = Utwórz kod w panelu klienta, podaj go tam, gdzie z nami rozmawiasz (`/ticket link` na Slacku, `/zgłoszenie połącz` na Discordzie, po angielsku `/ticket link`, `/link KOD` w Telegramie), i napisz nam tam o tym w ciągu 15 minut.
letter-refused-subject = W sprawie Twojej wiadomości
letter-refused =
    Do tego musimy mieć pewność, kim jesteś, dlatego z Twojej wiadomości nie powstało zgłoszenie.

    { $how }
letter-no-subject = (bez tematu)
letter-empty = (Ta wiadomość nie ma treści.)
letter-files = (Ta wiadomość zawiera tylko pliki.)
letter-unreadable = (Tej wiadomości nie udało się odczytać. Jest w załączniku taka, jaka przyszła, spakowana programem gzip.)
letter-cut = ⚠️ Ta wiadomość jest za duża: jest tu tylko jej początek, bez plików. Cała wiadomość leży w skrzynce, oznaczona flagą.
letter-too-large = Twoja wiadomość jest większa, niż możemy przyjąć: mamy jej początek, ale żadnego z plików. Wyślij pliki w mniejszych wiadomościach albo podaj do nich link.
letter-automatic = 🤖 Przyszła automatyczna odpowiedź od { $name }; nie liczy się jako niczyje słowo: { $text }
letter-by-colleague = { $name } (też widzi to zgłoszenie)
letter-by-other = { $name } (⚠️ ktoś inny, niezweryfikowany)
letters-aside-title = Poczta jest odkładana
letters-aside = Od { $sender } przyszło więcej poczty, niż pisze człowiek. Nadmiar jest odkładany bez odpowiedzi i zachowany przez 30 dni: pokaże go `npm run desk -- aside`. Przez najbliższą godzinę nie powiemy tego ponownie.
field-follows = Kontynuuje
desk-folded-none = W wiadomościach tego zgłoszenia nic nie zostało ukryte.
button-folded = Pokaż cytaty
