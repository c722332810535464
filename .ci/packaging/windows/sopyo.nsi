; The installer for Windows: for this person alone, without an administrator, Turkish or English as the system is. Run by
; ../build, which says VERSION (1.2.0-rc.1), NUMBERS (1.2.0.0), BIN (both programs), DOC (licences), ICON, OUT, SIGN (a command).
; Quiet: SopyoKur.exe /S, with /SCHEDULE the task that works while the window is closed; uninstall.exe /S. Exit codes: 1 cancelled, 2 refused, 3 Sopyo runs and does not close, 4 installed, without the task.
Target amd64-unicode
Unicode true
ManifestDPIAware true
SetCompressor /SOLID lzma
SetDateSave off ; two builds of the same are the same
AllowSkipFiles off

!include FileFunc.nsh
!include LogicLib.nsh
!include MUI2.nsh
!include WinVer.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Sopyo"
!define PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths"
!define DATA "$LOCALAPPDATA\Sopyo"

Name "$(Product)"
BrandingText " "
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Sopyo Masaüstü"
InstallDirRegKey HKCU "Software\Sopyo" "InstallDir"
RequestExecutionLevel user
ShowInstDetails hide
ShowUninstDetails hide

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\sopyo.exe"
!define MUI_FINISHPAGE_SHOWREADME ""
!define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
!define MUI_FINISHPAGE_SHOWREADME_TEXT "$(Schedule)"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION ScheduleWork
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(DataStays)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TEXT "$(DataStayed)"
!insertmacro MUI_UNPAGE_FINISH
!insertmacro MUI_LANGUAGE "Turkish" ; the first is also that of systems in other languages
!insertmacro MUI_LANGUAGE "English"

LangString Product ${LANG_TURKISH} "Sopyo Masaüstü"
LangString Product ${LANG_ENGLISH} "Sopyo Desktop"
LangString DataStays ${LANG_TURKISH} "Sopyo Masaüstü bu bilgisayardan kaldırılacak. Şirketleriniz, kataloğunuz ve yedekleriniz silinmez; ${DATA} klasöründe ve belgelerinizde kalır."
LangString DataStays ${LANG_ENGLISH} "Sopyo Desktop will be removed from this computer. Your companies, catalogue and backups are not deleted; they stay in ${DATA} and among your documents."
LangString DataStayed ${LANG_TURKISH} "Sopyo Masaüstü kaldırıldı.$\r$\n$\r$\nVerileriniz duruyor: ${DATA}. Yeniden kurarsanız kaldığınız yerden sürdürürsünüz."
LangString DataStayed ${LANG_ENGLISH} "Sopyo Desktop was removed.$\r$\n$\r$\nYour data is still there: ${DATA}. If you install again you go on where you were."
LangString Note ${LANG_TURKISH} "Sopyo verileriniz nerede.txt"
LangString Note ${LANG_ENGLISH} "Where your Sopyo data is.txt"
LangString Running ${LANG_TURKISH} "Sopyo şu anda çalışıyor.$\r$\n$\r$\nTamam: kapanması istenir; süren bir iş varsa program size sorar.$\r$\nİptal: hiçbir şey değiştirilmez."
LangString Running ${LANG_ENGLISH} "Sopyo is running.$\r$\n$\r$\nOK: it is asked to close; where work is under way the program asks you.$\r$\nCancel: nothing is changed."
LangString Schedule ${LANG_TURKISH} "Pencere kapalıyken de saatte bir çalışsın" ; one line
LangString Schedule ${LANG_ENGLISH} "Work every hour while the window is closed too"
LangString NotScheduled ${LANG_TURKISH} "Sopyo kuruldu, ama pencere kapalıyken çalışması açılamadı. Programda açabilirsiniz: Eşitleme, Ayarlar, Pencere kapalıyken."
LangString NotScheduled ${LANG_ENGLISH} "Sopyo is installed, but work while its window is closed could not be switched on. You can do that in the program: Sync, Settings, While the window is closed."
LangString TooOld ${LANG_TURKISH} "Sopyo Masaüstü Windows 10 ya da daha yenisini gerektirir."
LangString TooOld ${LANG_ENGLISH} "Sopyo Desktop needs Windows 10 or newer."
LangString Description ${LANG_TURKISH} "İşbaşı ile ürün kataloğunuz"
LangString Description ${LANG_ENGLISH} "İşbaşı and your product catalogue"

VIProductVersion "${NUMBERS}"
!macro VersionResource LANG PRODUCT DESCRIPTION
  VIAddVersionKey /LANG=${LANG} "ProductName" "${PRODUCT}"
  VIAddVersionKey /LANG=${LANG} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANG} "FileDescription" "${DESCRIPTION}"
  VIAddVersionKey /LANG=${LANG} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANG} "CompanyName" "Sopyo"
  VIAddVersionKey /LANG=${LANG} "LegalCopyright" "MIT"
!macroend
!insertmacro VersionResource ${LANG_TURKISH} "Sopyo Masaüstü" "Sopyo Masaüstü Kurulumu"
!insertmacro VersionResource ${LANG_ENGLISH} "Sopyo Desktop" "Sopyo Desktop Setup"

!if "${SIGN}" != ""
  !uninstfinalize '${SIGN} "%1"' ; the uninstaller is made on the way; the installer itself is signed by ../build
!endif

; Windows keeps a program that runs from being written: its file tells whether it does. It is asked to close as by its own
; window, which asks the person where work would be cut off; nothing is ever ended by force.
!macro Closing un
  Function ${un}IsOpen ; pushes 1 while one of the programs runs, else 0
    Push $0
    Push $1
    StrCpy $1 0
    ClearErrors
    ${If} ${FileExists} "$INSTDIR\sopyo.exe"
      FileOpen $0 "$INSTDIR\sopyo.exe" a
      ${If} ${Errors}
        StrCpy $1 1
      ${Else}
        FileClose $0
      ${EndIf}
    ${EndIf}
    ClearErrors
    ${If} ${FileExists} "$INSTDIR\sopyoctl.exe"
      FileOpen $0 "$INSTDIR\sopyoctl.exe" a
      ${If} ${Errors}
        StrCpy $1 1
      ${Else}
        FileClose $0
      ${EndIf}
    ${EndIf}
    ClearErrors
    StrCpy $0 $1
    Pop $1
    Exch $0
  FunctionEnd

  Function ${un}CloseProgram
    Push $0
    Push $1
    Call ${un}IsOpen
    Pop $0
    ${DoWhile} $0 = 1
      MessageBox MB_OKCANCEL|MB_ICONQUESTION "$(Running)" /SD IDOK IDOK ask
      SetErrorLevel 1
      Quit
      ask:
      nsExec::Exec '"$SYSDIR\taskkill.exe" /IM sopyo.exe'
      Pop $0
      ${For} $1 1 60 ; half a minute
        Sleep 500
        Call ${un}IsOpen
        Pop $0
        ${If} $0 = 0
          ${Break}
        ${EndIf}
      ${Next}
      ${If} $0 = 1
      ${AndIf} ${Silent}
        SetErrorLevel 3
        Quit
      ${EndIf}
    ${Loop}
    Pop $1
    Pop $0
  FunctionEnd
!macroend
!insertmacro Closing ""
!insertmacro Closing "un."

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(TooOld)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

; The programs make the task and remove it: they know how the person's system is asked.
Function ScheduleWork
  nsExec::Exec '"$INSTDIR\sopyoctl.exe" schedule on'
  Pop $0
  ${If} $0 != "0"
    SetErrorLevel 4
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(NotScheduled)" /SD IDOK
  ${EndIf}
FunctionEnd

Section
  Call CloseProgram
  ReadRegStr $2 HKCU "Software\Sopyo" "InstallDir"
  SetOutPath "$INSTDIR"
  File "${BIN}/sopyo.exe"
  File "${BIN}/sopyoctl.exe"
  File "${DOC}/LICENSE.txt"
  File "${DOC}/LICENCES-OF-OTHERS.txt"
  CreateShortcut "$SMPROGRAMS\Sopyo Masaüstü.lnk" "$INSTDIR\sopyo.exe" "" "" "" "" "" "$(Description)"
  ${If} $2 == "" ; who has removed it from the desktop does not want it again with each upgrade
    CreateShortcut "$DESKTOP\Sopyo Masaüstü.lnk" "$INSTDIR\sopyo.exe" "" "" "" "" "" "$(Description)"
  ${EndIf}
  Delete "$DOCUMENTS\Sopyo\$(Note)"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "Software\Sopyo" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${PATHS}\sopyo.exe" "" "$INSTDIR\sopyo.exe"
  WriteRegStr HKCU "${PATHS}\sopyoctl.exe" "" "$INSTDIR\sopyoctl.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Sopyo Masaüstü"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\sopyo.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Sopyo"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "URLInfoAbout" "https://github.com/sopyo/sopyo-desktop"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/SCHEDULE" $1
  ${IfNot} ${Errors}
    Call ScheduleWork
  ${EndIf}
SectionEnd

Section Uninstall
  Call un.CloseProgram
  nsExec::Exec '"$INSTDIR\sopyoctl.exe" schedule off'
  Pop $0
  Delete "$INSTDIR\sopyo.exe"
  Delete "$INSTDIR\sopyoctl.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\LICENCES-OF-OTHERS.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only if nothing else lies in it
  Delete "$SMPROGRAMS\Sopyo Masaüstü.lnk"
  Delete "$DESKTOP\Sopyo Masaüstü.lnk"
  DeleteRegKey HKCU "${PATHS}\sopyo.exe"
  DeleteRegKey HKCU "${PATHS}\sopyoctl.exe"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Sopyo"
  ${If} ${Silent} ; nobody sees the last page: what it says lies where the person's lists and backups are
  ${AndIf} ${FileExists} "${DATA}\*.*"
    CreateDirectory "$DOCUMENTS\Sopyo"
    FileOpen $0 "$DOCUMENTS\Sopyo\$(Note)" w
    FileWriteUTF16LE /BOM $0 "$(DataStayed)"
    FileClose $0
  ${EndIf}
SectionEnd
